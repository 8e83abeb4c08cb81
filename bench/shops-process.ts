import { compiled } from './library';
import { appOf, shops } from './shop';

const [, , outdir, count] = process.argv;
const app = appOf(compiled(), outdir);
shops(compiled(), app, Number(count));
app.synth();
