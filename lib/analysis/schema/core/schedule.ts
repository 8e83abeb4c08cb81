const FIELDS: { readonly least: number; readonly most: number; readonly names?: string[] }[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { least: 0, most: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** A schedule as the CronJob controller reads it (robfig/cron v3, ParseStandard). */
export function isSchedule(text: string): boolean {
  const plain = text.trim();
  if (plain.startsWith('@')) {
    return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(plain) || /^@every (?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(plain);
  }
  const fields = plain.split(/\s+/);
  return fields.length === FIELDS.length && fields.every((field, i) => field.split(',').every(part => isPart(part, i)));
}

function isPart(part: string, field: number): boolean {
  const { least, most, names = [] } = FIELDS[field];
  const [range, step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0))) return false;
  if (range === '*' || range === '?') return true;
  const ends = range.split('-').map(end => /^\d+$/.test(end) ? Number(end) : names.includes(end.toLowerCase()) ? least + names.indexOf(end.toLowerCase()) : NaN);
  return ends.length <= 2 && ends.every(end => end >= least && end <= most) && (ends.length === 1 || ends[0] <= ends[1]);
}
