/** The statement in Typst, after the letterhead: a table for each service and regiform. */
export const statementTemplate = String.raw`
#show: paper.with(title: data.title, from: (data.municipality,), kind: "Ansvarsfördelning", facts: data.facts)

#block(below: 1.4em, text(fill: faint, data.intro))

#let alarm = rgb("#8a1c1c")
#let line_of(line) = {
  let who = if line.alarm { text(fill: alarm, weight: "bold", line.who) } else { line.who }
  (text(weight: "bold", line.kind), line.place, who, line.basis)
}
#for section in data.sections [
  == #section.service
  #for form in section.forms [
    === #form.form
    #listing((1.1fr, 1.2fr, 2fr, 1.6fr), ("Slag av ansvar", "För", "Ansvarig", "Grund"), form.lines.map(line_of))
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
