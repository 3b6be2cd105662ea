/** The reply in Typst, after the letterhead: recommendation and comment, one by one, as replies to auditors are written [004]. */
export const replyTemplate = String.raw`
#show: paper.with(title: data.title, from: data.from, kind: data.kind, facts: data.facts)

#block(below: 1.4em, text(fill: faint, data.standing))

#pairs(..data.report)

== Rekommendationer och nämndens kommentarer
#for item in data.recommendations [
  === #item.heading
  #cited(item.wording)
  #if "position" in item [ #strong(item.position) ]
  #if "comment" in item [
    #for part in item.comment.split(regex("\n\s*\n")) [ #par(part.split("\n").join(linebreak())) ]
  ] else [ #text(fill: faint)[Rekommendationen är inte besvarad.] ]
]
#if data.recommendations.len() == 0 [ #text(fill: faint)[Inga rekommendationer är registrerade.] ]

#if data.preparation.len() > 0 [
  == Ärendets beredning
  #pairs(..data.preparation)
]
#if data.signOffs.len() > 0 [
  == Attesterat av
  #listing((1fr, 1.6fr, auto), ("Befattning", "Förvaltning eller enhet", "Datum"), data.signOffs)
]
`;
