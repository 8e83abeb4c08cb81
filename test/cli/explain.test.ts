import { cli } from './support';

describe('explain', () => {
  test('prints what a code stands for, other tools\' codes and both examples', async () => {
    const { code, out } = await cli(['explain', 'SM0741']);
    expect(code).toBe(0);
    expect(out).toMatch(/^SM0741 disruption budget that lets no pod go\n/);
    expect(out).toContain('Severity: warning\nOther tools: pdb-max-unavailable, pdb-min-available, pdbDisruptionsIsZero\n');
    expect(out).toMatch(/Reported:\n\n {4}apiVersion:[^]*minAvailable: 3[^]*Right:\n\n {4}apiVersion:[^]*minAvailable: 2/);
  });

  test('takes small letters too', async () => {
    expect(await cli(['explain', 'sm0741'])).toMatchObject({ code: 0, out: expect.stringContaining('SM0741') });
  });

  test('explains what constructs alone report', async () => {
    expect(await cli(['explain', 'SM0181'])).toMatchObject({ code: 0, out: expect.stringContaining('Severity: warning') });
  });

  test('finds our codes for the code of another tool', async () => {
    const { code, out } = await cli(['explain', 'PDB-max-unavailable']);
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: 'SM0741 disruption budget that lets no pod go' });
  });

  test('names codes that are near to one that does not exist', async () => {
    expect(await cli(['explain', 'SM7041'])).toEqual({ code: 2, out: '', err: expect.stringMatching(/"SM7041"; there is .*SM0741/) });
  });
});

describe('rules', () => {
  test('lists every code once, in order', async () => {
    const { code, out } = await cli(['rules']);
    const codes = out.trim().split('\n').map(line => line.slice(0, 6));
    expect(code).toBe(0);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes).toEqual(expect.arrayContaining(['SM0001', 'SM0105', 'SM0741']));
  });

  test('lists them for machines', async () => {
    const all: { code: string }[] = JSON.parse((await cli(['rules', '--output', 'json'])).out);
    expect(all.find(({ code }) => code === 'SM0741')).toEqual({
      code: 'SM0741',
      title: 'disruption budget that lets no pod go',
      explanation: expect.stringContaining('drain'),
      severity: 'warning',
      peers: ['pdb-max-unavailable', 'pdb-min-available', 'pdbDisruptionsIsZero'],
    });
  });
});
