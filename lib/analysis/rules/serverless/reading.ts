export { Fields, fieldsOf, isGiven as isThere, isSet, listOf as entriesOf, scalarMapOf as textsOf, stringOf as textOf } from '../../values';
