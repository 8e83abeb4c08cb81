export { Fields, fieldsOf, isGiven, listOf, textOf } from '../../values';
