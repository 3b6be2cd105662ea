/**
 * What every document has in common, in Typst: its look is that of a Swedish authority's paper, its structure that of PDF/UA.
 * A template begins with `#show: paper.with(title: …, from: (…), facts: ((…), …))` and then writes its text; `data` is what it was given.
 * Only fonts that the compiler carries are used, so that the same data gives the same bytes on every machine.
 */
export const letterhead = String.raw`
#let data = json(bytes(sys.inputs.data))
#let ink = rgb("#1f2a44")
#let faint = rgb("#5b6472")

// One thing and what is said of it, as pairs under each other.
#let pairs(..items) = grid(
  columns: (auto, 1fr), column-gutter: 1.2em, row-gutter: .65em,
  ..items.pos().map(((name, value)) => (text(fill: faint, name), value)).flatten(),
)

// What somebody else wrote, word by word.
#let cited(body) = block(
  width: 100%, inset: (left: 1em, y: .55em, right: .6em), stroke: (left: 1.5pt + ink), fill: rgb("#f4f6f9"), breakable: true,
  emph(body),
)

// A table whose first row names its columns.
#let listing(columns, names, rows) = table(
  columns: columns, stroke: none, inset: (x: .5em, y: .5em), align: left,
  table.header(..names.map((name) => text(weight: "bold", size: 9.5pt, name))),
  table.hline(stroke: .6pt + ink),
  ..rows.map((row) => (..row.map((cell) => text(size: 9.5pt, cell)), table.hline(stroke: .3pt + rgb("#c9ced6")))).flatten(),
)

#let paper(title: "", from: (), kind: "", facts: (), body) = {
  set document(title: title, author: from.first(default: ""))
  set text(font: "Libertinus Serif", size: 11pt, lang: "sv", region: "se", fallback: false)
  set page(
    paper: "a4",
    margin: (top: 3.1cm, bottom: 2.7cm, left: 3cm, right: 2.5cm),
    header: context if counter(page).get().first() > 1 [
      #set text(size: 9pt, fill: faint)
      #grid(columns: (1fr, auto), title, [Sida #counter(page).display() (#counter(page).final().first())])
      #v(-.4em)
      #line(length: 100%, stroke: .4pt + faint)
    ],
    footer: context [
      #set text(size: 8.5pt, fill: faint)
      #line(length: 100%, stroke: .4pt + faint)
      #v(-.4em)
      #grid(columns: (1fr, auto), from.join(" · "), if counter(page).get().first() == 1 [Sida 1 (#counter(page).final().first())])
    ],
  )
  set par(leading: .68em, spacing: 1.05em, justify: false)
  show heading: set text(fill: ink)
  show heading.where(level: 1): set text(size: 18pt)
  show heading.where(level: 2): set text(size: 13pt)
  show heading.where(level: 3): set text(size: 11pt)
  show heading: set block(above: 1.6em, below: .75em, sticky: true)

  grid(
    columns: (1fr, auto), column-gutter: 1.5em,
    [
      #text(size: 13pt, weight: "bold", fill: ink, from.first(default: ""))
      #for name in from.slice(1) [ \ #text(fill: ink, name) ]
    ],
    align(right)[
      #text(size: 13pt, weight: "bold", fill: ink, kind)
      #set text(size: 9.5pt)
      #for (name, value) in facts [ \ #text(fill: faint, name) #h(.3em) #value ]
    ],
  )
  v(-.3em)
  line(length: 100%, stroke: 1.2pt + ink)
  v(1.2em)
  heading(level: 1, title)
  body
}
`;
