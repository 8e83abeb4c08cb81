import { BindAs, BindingSource } from './binding';
import type { ContainerSettings } from './container-props';
import { list } from './containers';
import { ProblemReport } from '../core/problem';
import { instanceOf, usable, wrongType } from '../core/wrong-type';

const SOURCE = instanceOf(BindingSource, 'use a factory, as in BindingSource.secret(secret)');
const AS = instanceOf(BindAs, "use a factory, as in BindAs.variables({ DATABASE_URL: 'url' })");

/** What was bound to a container after it was made. */
export class Bindings {
  private readonly bound: { readonly source: BindingSource; readonly as: BindAs }[] = [];

  public add(source: BindingSource, as: BindAs): void {
    this.bound.push({ source, as });
  }

  /** The settings of the container with all that was bound. */
  public applyTo<T extends ContainerSettings>(settings: T): T {
    if (this.bound.length === 0) return settings;
    const given = this.bound.map(({ source, as }) => usable(source, SOURCE) && usable(as, AS)?._settings(source) || {});
    return {
      ...settings,
      env: Object.assign({}, settings.env, ...given.map(({ env }) => env)),
      envFrom: [...list(settings.envFrom), ...given.flatMap(({ envFrom }) => envFrom ?? [])],
      mounts: [...list(settings.mounts), ...given.flatMap(({ mounts }) => mounts ?? [])],
    };
  }

  public problems(settings: ContainerSettings): ProblemReport[] {
    const taken = new Set(Object.keys(settings.env ?? {}));
    return this.bound.flatMap(({ source, as }, i) => {
      const at = `bind[${i}]`;
      const wrong = [
        ...wrongType(`${at}.source`, source ?? 'nothing', SOURCE),
        ...wrongType(`${at}.as`, as ?? 'nothing', AS),
        ...usable(source, SOURCE)?._problems() ?? [],
        ...usable(as, AS)?._problems() ?? [],
      ];
      if (wrong.length > 0) return wrong;
      const seen = as._settings(source);
      if (!seen) {
        return [{
          code: 'SM1101',
          field: at,
          reason: 'storage has no keys that could become variables',
          fix: "mount it, with BindAs.files('/data')",
        }];
      }
      const twice = Object.keys(seen.env ?? {}).filter(name => taken.has(name));
      Object.keys(seen.env ?? {}).forEach(name => taken.add(name));
      return twice.map(name => ({
        code: 'SM1102',
        field: at,
        value: name,
        reason: 'the container already has a variable of this name, so one of the two values would be lost',
        fix: 'give the variable another name, or drop one of the two',
      }));
    });
  }
}
