import { BorderStyle, Document, Footer, HeadingLevel, PageNumber, Packer, Paragraph, ShadingType, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import type { ReplyDocument } from './reply-document.js';

const INK = '1F2A44';
const FAINT = '5B6472';
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const RULE = { style: BorderStyle.SINGLE, size: 4, color: 'C9CED6' } as const;

const faint = (text: string) => new TextRun({ text, color: FAINT });
const cell = (text: string, width: number, bold = false) =>
  new TableCell({ width: { size: width, type: WidthType.PERCENTAGE }, children: [new Paragraph({ children: [new TextRun({ text, bold })] })] });

const table = (rows: readonly (readonly string[])[], widths: readonly number[], names?: readonly string[]) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { top: NONE, bottom: NONE, left: NONE, right: NONE, insideVertical: NONE, insideHorizontal: names ? RULE : NONE },
    rows: [
      ...(names ? [new TableRow({ tableHeader: true, children: names.map((name, at) => cell(name, widths[at] ?? 0, true)) })] : []),
      ...rows.map((row) => new TableRow({ children: row.map((text, at) => cell(text, widths[at] ?? 0)) })),
    ],
  });

/** An empty line parts paragraphs, as people write them. */
const paragraphs = (text: string): readonly Paragraph[] =>
  text
    .split(/\n\s*\n/)
    .map(
      (part) =>
        new Paragraph({ spacing: { after: 160 }, children: part.split('\n').map((line, at) => new TextRun({ text: line, ...(at > 0 && { break: 1 }) })) }),
    );

const recommendation = ({ heading, wording, position, comment }: ReplyDocument['recommendations'][number]): readonly Paragraph[] => [
  new Paragraph({ text: heading, heading: HeadingLevel.HEADING_3, keepNext: true }),
  new Paragraph({
    spacing: { before: 80, after: 160 },
    indent: { left: 200 },
    border: { left: { style: BorderStyle.SINGLE, size: 12, color: INK, space: 8 } },
    shading: { type: ShadingType.CLEAR, fill: 'F4F6F9', color: 'auto' },
    children: [new TextRun({ text: wording, italics: true })],
  }),
  ...(position === undefined ? [] : [new Paragraph({ spacing: { after: 120 }, children: [new TextRun({ text: position, bold: true })] })]),
  ...(comment === undefined ? [new Paragraph({ children: [faint('Rekommendationen är inte besvarad.')] })] : paragraphs(comment)),
];

const heading = (text: string) => new Paragraph({ text, heading: HeadingLevel.HEADING_2, keepNext: true });

/** The reply as an Office Open XML document, in the same form as its PDF: for a board that goes on writing in it. */
export const replyDocx = (of: ReplyDocument): Promise<Buffer> => {
  const [municipality = '', ...boards] = of.from;
  const document = new Document({
    title: of.title,
    creator: municipality,
    lastModifiedBy: municipality,
    styles: {
      default: {
        document: { run: { font: 'Cambria', size: 22, language: { value: 'sv-SE' } } },
        heading1: { run: { size: 36, bold: true, color: INK }, paragraph: { spacing: { before: 240, after: 160 } } },
        heading2: { run: { size: 26, bold: true, color: INK }, paragraph: { spacing: { before: 320, after: 120 } } },
        heading3: { run: { size: 22, bold: true, color: INK }, paragraph: { spacing: { before: 240, after: 80 } } },
      },
    },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: 1_700, bottom: 1_500, left: 1_700, right: 1_400 } } },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                children: [
                  faint(`${of.from.join(' · ')}   Sida `),
                  new TextRun({ children: [PageNumber.CURRENT, ' (', PageNumber.TOTAL_PAGES, ')'], color: FAINT }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ children: [new TextRun({ text: municipality, bold: true, size: 26, color: INK })] }),
          ...boards.map((name) => new Paragraph({ children: [new TextRun({ text: name, color: INK })] })),
          new Paragraph({
            border: { bottom: { style: BorderStyle.SINGLE, size: 8, color: INK, space: 6 } },
            children: [faint([of.kind, ...of.facts.map(([name, value]) => `${name} ${value}`)].join('   '))],
          }),
          new Paragraph({ text: of.title, heading: HeadingLevel.HEADING_1 }),
          new Paragraph({ spacing: { after: 200 }, children: [faint(of.standing)] }),
          table(of.report, [35, 65]),
          heading('Rekommendationer och nämndens kommentarer'),
          ...of.recommendations.flatMap(recommendation),
          ...(of.recommendations.length === 0 ? [new Paragraph({ children: [faint('Inga rekommendationer är registrerade.')] })] : []),
          ...(of.preparation.length > 0 ? [heading('Ärendets beredning'), table(of.preparation, [50, 50])] : []),
          ...(of.signOffs.length > 0 ? [heading('Attesterat av'), table(of.signOffs, [30, 50, 20], ['Befattning', 'Förvaltning eller enhet', 'Datum'])] : []),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
};
