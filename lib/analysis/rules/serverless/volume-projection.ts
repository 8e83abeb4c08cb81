import { Finding } from '../../rule';
import { Fields, fieldsOf, isGiven, isSet, listOf } from '../../values';

const SOURCES = ['secret', 'configMap', 'serviceAccountToken', 'downwardAPI'];

/** What is wrong with one of several sources that are put together in a volume. */
export function projectionFindings(source: Fields, at: string): Finding[] {
  const given = SOURCES.filter(name => isGiven(source[name]));
  const token = source.serviceAccountToken;
  return [
    ...given.length === 1 ? [] : [{
      field: at,
      value: given.length > 0 ? given : undefined,
      reason: given.length === 0 ? 'the entry names no source' : 'an entry names one source',
      fix: `name one of ${SOURCES.join(', ')}`,
    }],
    ...['secret', 'configMap'].filter(name => isGiven(source[name])).flatMap(name => {
      const fields = fieldsOf(source[name]);
      return [
        ...isSet(fields.name) ? [] : [{ field: `${at}.${name}.name`, reason: 'the source has no name', fix: 'name the object' }],
        ...keyFindings(fields.items, `${at}.${name}.items`),
      ];
    }),
    ...isGiven(token) && !isSet(fieldsOf(token).path)
      ? [{ field: `${at}.serviceAccountToken.path`, reason: 'the token has no file', fix: 'name the file' }] : [],
    ...listOf(fieldsOf(source.downwardAPI).items).flatMap((item, i) => downwardFindings(fieldsOf(item), `${at}.downwardAPI.items[${i}]`)),
  ];
}

/** What is wrong with the choice of keys of a ConfigMap or Secret. */
export function keyFindings(items: unknown, at: string): Finding[] {
  return listOf(items).flatMap((item, i) => ['key', 'path'].filter(name => !isSet(fieldsOf(item)[name])).map(name => ({
    field: `${at}[${i}].${name}`,
    reason: `the entry has no ${name}`,
    fix: 'name the key and the file that it becomes',
  })));
}

function downwardFindings(item: Fields, at: string): Finding[] {
  const given = ['fieldRef', 'resourceFieldRef'].filter(name => isGiven(item[name]));
  return [
    ...given.length === 1 ? [] : [{
      field: at,
      reason: given.length === 0 ? 'the file says nothing of its content' : 'a file holds one value',
      fix: 'name one of fieldRef, resourceFieldRef',
    }],
    ...isSet(item.path) ? [] : [{ field: `${at}.path`, reason: 'the file has no name', fix: 'name the file' }],
  ];
}
