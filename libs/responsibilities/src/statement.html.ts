import type { StatementDocument, StatementLine } from './statement.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (written: string): string => written.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const STYLE = `
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; font: 1rem/1.5 "Source Sans 3", "Segoe UI", system-ui, sans-serif; color: #1b2230; background: #fff; }
header { border-bottom: 3px solid #1f2a44; margin-bottom: 1.5rem; padding-bottom: .75rem; }
header p { margin: 0; color: #4d5563; }
h1 { margin: .25rem 0 .5rem; font-size: 1.75rem; line-height: 1.2; color: #1f2a44; }
h2 { margin: 2.25rem 0 .25rem; font-size: 1.3rem; color: #1f2a44; }
h3 { margin: 1.5rem 0 .35rem; font-size: 1.05rem; color: #1f2a44; }
dl { display: flex; flex-wrap: wrap; gap: .15rem 1.5rem; margin: .5rem 0 0; }
dl div { display: flex; gap: .4rem; }
dt { color: #4d5563; }
dd { margin: 0; font-weight: 600; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .4rem .5rem; border-bottom: 1px solid #c9ced6; text-align: left; vertical-align: top; overflow-wrap: break-word; }
thead th { border-bottom: 2px solid #1f2a44; font-size: .875rem; }
tbody th { font-weight: 600; }
col.kind { width: 19%; } col.place { width: 21%; } col.who { width: 34%; }
.alarm td:nth-child(3) { font-weight: 600; color: #8a1c1c; }
.alarm td:nth-child(3)::before { content: "\\26A0\\00A0"; }
@media print { body { padding: 0; max-width: none; font-size: 10pt; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; } }
@media (max-width: 40rem) {
  table, thead, tbody, tr, th, td { display: block; } thead { position: absolute; left: -9999px; }
  tr { border-bottom: 2px solid #c9ced6; padding: .4rem 0; } th, td { border: 0; padding: .1rem 0; }
}`;

const row = ({ kind, place, who, basis, alarm }: StatementLine): string =>
  `<tr${alarm ? ' class="alarm"' : ''}><th scope="row">${text(kind)}</th><td>${text(place)}</td><td>${text(who)}</td><td>${text(basis)}</td></tr>`;

const HEAD =
  '<colgroup><col class="kind"><col class="place"><col class="who"><col></colgroup><thead><tr><th scope="col">Slag av ansvar</th><th scope="col">För</th><th scope="col">Ansvarig</th><th scope="col">Grund</th></tr></thead>';

/** The statement as a page of its own: nothing is fetched from elsewhere, and it prints as it is. */
export const statementHtml = ({ title, municipality, facts, intro, sections, circumstances }: StatementDocument): string => {
  const table = (service: string, form: string, lines: readonly StatementLine[]) =>
    `<h3>${text(form)}</h3>\n<table aria-label="${text(`${service}, ${form}`)}">${HEAD}<tbody>\n${lines.map(row).join('\n')}\n</tbody></table>`;
  const all = sections.map(
    ({ service, forms }) => `<section>\n<h2>${text(service)}</h2>\n${forms.map(({ form, lines }) => table(service, form, lines)).join('\n')}\n</section>`,
  );
  const bearing = circumstances.map(
    ({ title: what, source, says }) => `<li><strong>${text(what)}</strong> (${text(source)})${says.map((one) => `<br>${text(one)}`).join('')}</li>`,
  );
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} – ${text(municipality)}</title>
<style>${STYLE}
</style>
</head>
<body>
<header>
<p>${text(municipality)}</p>
<h1>${text(title)}</h1>
<p>${text(intro)}</p>
<dl>${facts.map(([name, value]) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`).join('')}</dl>
</header>
<main>
${all.join('\n')}
${bearing.length === 0 ? '' : `<section>\n<h2>Omständigheter</h2>\n<ul>\n${bearing.join('\n')}\n</ul>\n</section>`}
</main>
</body>
</html>
`;
};
