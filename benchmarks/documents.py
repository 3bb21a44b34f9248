"""What is asked of the GraphQL doors: the same documents for every contender whose schema has these names."""

_TALENT = """
    id since mobility origins interests
    person {
      id givenName familyName email professionalField
      unit { id name kind }
      placements(first: 10) { nodes { id kind state startOn endOn loadPercent } }
    }
    candidacies(first: 10) { nodes { id state submittedAt } }
"""

ONE = f"query One($id: ID!) {{ talent(id: $id) {{ {_TALENT} }} }}"

LIST = f"query List($first: Int!) {{ talents(first: $first) {{ nodes {{ {_TALENT} }} }} }}"

FILTERED = f"""
query Filtered($first: Int!, $unit: ID!) {{
  talents(first: $first, filter: {{live: true, withinUnitId: $unit}}, orderBy: updatedAt_DESC) {{
    nodes {{ {_TALENT} }}
  }}
}}"""

SEARCH = """
query Search($first: Int!, $name: String!) {
  persons(first: $first, filter: {name: $name}) { nodes { id givenName familyName unit { id name } } }
}"""
