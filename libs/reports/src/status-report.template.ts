/** The status report in Typst, after the letterhead: in words, then each recommendation in a table. */
export const statusReportTemplate = String.raw`
#show: paper.with(title: data.title, from: data.from, kind: data.kind, facts: data.facts)

#block(below: 1.4em, text(fill: faint, data.standing))

#for part in data.summary [ #par(part) ]
#if "text" in data [
  == Nämndens kommentar
  #for part in data.text.split(regex("\n\s*\n")) [ #par(part.split("\n").join(linebreak())) ]
]

== Sammanställning
#listing((1fr, auto), ("Rekommendationer", "Antal"), data.counts)

#if data.rows.len() > 0 [
  == Rekommendationerna
  #listing((auto, auto, 1.5fr, 1fr, 1fr, 1.1fr), ("Rapport", "Nr", "Riktad till", "Läge", "Nästa dag", "Bedömning"), data.rows)
  #for item in data.wordings [
    === #item.heading
    #cited(item.wording)
  ]
]
`;
