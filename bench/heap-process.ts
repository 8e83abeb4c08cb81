import { heap, OWNERS } from './resources';

const [, , owner, count, apps] = process.argv;
process.stdout.write(String(heap(OWNERS[owner](), Number(count), Number(apps))));
