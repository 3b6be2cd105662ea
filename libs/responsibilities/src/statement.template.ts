/** The statement in Typst, after the letterhead: a table for each service and regiform, by kind. */
export const statementTemplate = String.raw`
#show: paper.with(title: data.title, from: (data.municipality,), kind: "Ansvarsfördelning", facts: data.facts)

#block(below: 1.4em, text(fill: faint, data.intro))

#let alarm = rgb("#8a1c1c")
// The kind once, above its first place, and not in each row: of ten thousand rows that is a fifth of the text to be set.
#let rows_of(lines) = {
  let kind = none
  let cells = ()
  for line in lines {
    let place = if line.kind == kind { line.place } else [#strong(line.kind) \ #line.place]
    kind = line.kind
    let who = if line.alarm { text(fill: alarm, weight: "bold", line.who) } else { line.who }
    cells += (place, who, line.basis)
  }
  cells
}
#for section in data.sections [
  == #section.service
  #for form in section.forms [
    === #form.form
    #set text(size: 9.5pt)
    #set table.cell(breakable: false)
    #table(
      columns: (1.4fr, 1.7fr, 1.7fr), inset: (x: .5em, y: .45em), align: left,
      stroke: (_, y) => (bottom: if y == 0 { .6pt + ink } else { .3pt + rgb("#c9ced6") }),
      table.header(strong[Slag av ansvar, och för vad], strong[Ansvarig], strong[Grund]),
      ..rows_of(form.lines),
    )
  ]
]
#if data.circumstances.len() > 0 [
  == Omständigheter
  #for item in data.circumstances [
    - #strong(item.title) (#item.source)
      #for one in item.says [ \ #one ]
  ]
]
`;
