export { Fields, fieldsOf as fields, mapsOf as entries, stringOf as text, textMapOf as labels, textsOf as strings } from '../../values';
