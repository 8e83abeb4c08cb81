import * as ts from 'typescript';
import { read } from './generated';

/** What stands for a field whose type is `any`. */
export const ANYTHING = Symbol('anything');

/** Carry the names of the fields that must be given, and whether others may be; no schema has such fields, so they pass through. */
export const REQUIRED = '$required';
export const OPEN = '$open';

/** Builds objects with every field that the types of one module declare, by their TypeScript names. */
export class FullInstances {
  private readonly declarations = new Map<string, ts.Statement>();

  constructor(module: string) {
    const source = ts.createSourceFile(module, read(`${module}.ts`), ts.ScriptTarget.ES2022, true);
    for (const statement of source.statements) {
      if (ts.isInterfaceDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
        if (this.declarations.has(statement.name.text)) throw new Error(`${module} declares ${statement.name.text} twice`);
        this.declarations.set(statement.name.text, statement);
      }
    }
  }

  /** A text leaf holds the name of its field, so that a value which lands under another key is seen. */
  of(type: string, field = ''): unknown {
    if (type === 'ApiObjectMetadata') return { [ANYTHING]: true };
    const declaration = this.declarations.get(type);
    if (!declaration) throw new Error(`no declaration of ${type}`);
    if (ts.isInterfaceDeclaration(declaration)) return this.struct(declaration);
    if (ts.isEnumDeclaration(declaration)) return literal(declaration.members[0].initializer as ts.LiteralExpression);
    return field;
  }

  private struct(declaration: ts.InterfaceDeclaration): Record<string, unknown> {
    const fields = declaration.members.filter(ts.isPropertySignature);
    const named = fields.map(member => ({ member, name: (member.name as ts.Identifier).text }));
    return {
      ...Object.fromEntries(named.map(({ member, name }) => [name, this.value(member.type!, name)])),
      [OPEN]: declaration.members.some(ts.isIndexSignatureDeclaration),
      [REQUIRED]: named.filter(({ member }) => !member.questionToken).map(({ name }) => name),
    };
  }

  private value(type: ts.TypeNode, field: string): unknown {
    switch (type.kind) {
      case ts.SyntaxKind.StringKeyword: return field;
      case ts.SyntaxKind.NumberKeyword: return 1;
      case ts.SyntaxKind.BooleanKeyword: return true;
      case ts.SyntaxKind.AnyKeyword: return { [ANYTHING]: true };
    }
    if (ts.isArrayTypeNode(type)) return [this.value(type.elementType, field)];
    if (ts.isTypeLiteralNode(type)) return { 'some-key': this.value((type.members[0] as ts.IndexSignatureDeclaration).type, field) };
    if (ts.isTypeReferenceNode(type)) return this.of(type.typeName.getText(), field);
    throw new Error(`${field}: no instance for the type ${type.getText()}`);
  }
}

function literal(expression: ts.LiteralExpression): string | number {
  return ts.isNumericLiteral(expression) ? Number(expression.text) : expression.text;
}
