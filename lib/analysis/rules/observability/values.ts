export { fieldsOf as mapOf, isMap, listOf, stringOf as textOf, textMapOf as textsOf } from '../../values';
