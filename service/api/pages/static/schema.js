// The schema, asked for by introspection and made easy to look things up in.

// Three wrappers are as many as occur ([X!]! is the deepest), and keep the question shallow.
const TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
const INPUT = `name description defaultValue type { ${TYPE} }`;

export const INTROSPECTION = `query Introspection {
  __schema {
    queryType { name }
    mutationType { name }
    types {
      kind name description
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason
        args { ${INPUT} }
        type { ${TYPE} }
      }
      inputFields { ${INPUT} }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      interfaces { name }
      possibleTypes { name }
    }
  }
}`;

/** The type within all lists and non-nulls. */
export function named(type) {
  return type.ofType ? named(type.ofType) : type;
}

/** The type as it is written in a document: `[Talent!]!`. */
export function written(type) {
  if (type.kind === "NON_NULL") return `${written(type.ofType)}!`;
  if (type.kind === "LIST") return `[${written(type.ofType)}]`;
  return type.name;
}

export class Schema {
  constructor(introspected) {
    this.types = new Map(
      introspected.types.filter((type) => !type.name.startsWith("__")).map((type) => [type.name, type]),
    );
    this.queryName = introspected.queryType?.name;
    this.mutationName = introspected.mutationType?.name;
  }

  type(name) {
    return this.types.get(name);
  }

  roots() {
    return [
      { kind: "query", type: this.type(this.queryName) },
      { kind: "mutation", type: this.type(this.mutationName) },
    ].filter(({ type }) => type);
  }

  /** Everything a reader can look at, without the built-in scalars. */
  listed() {
    const builtIn = new Set(["String", "Int", "Float", "Boolean", "ID"]);
    return [...this.types.values()]
      .filter(({ name }) => !builtIn.has(name))
      .sort((one, other) => one.name.localeCompare(other.name, "en"));
  }

  /** Where the words occur: names that begin with them first, then names, then descriptions. */
  search(text) {
    const wanted = text.trim().toLowerCase();
    if (wanted === "") return [];
    const hits = [];
    const consider = (name, description, type, member) => {
      const at = name.toLowerCase().indexOf(wanted);
      const rank = at === 0 ? 0 : at > 0 ? 1 : description?.toLowerCase().includes(wanted) ? 2 : -1;
      if (rank >= 0) hits.push({ rank, type, member, description });
    };
    for (const type of this.listed()) {
      consider(type.name, type.description, type.name, "");
      for (const each of [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])]) {
        consider(each.name, each.description, type.name, each.name);
      }
    }
    return hits.sort((one, other) => one.rank - other.rank || Boolean(one.member) - Boolean(other.member));
  }

  /** The names of the types with a field or argument of this type. */
  usersOf(name) {
    const uses = (each) => named(each.type).name === name || (each.args ?? []).some(uses);
    return this.listed()
      .filter((type) => [...(type.fields ?? []), ...(type.inputFields ?? [])].some(uses))
      .map((type) => type.name);
  }
}
