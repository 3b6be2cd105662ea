/** In which of the year's reports the board's status of its recommendations stands: delårsrapport or verksamhetsberättelse (domain §3.2.6). */
export const STATUS_REPORT_KINDS = ['interim', 'annual'] as const;
export type StatusReportKind = (typeof STATUS_REPORT_KINDS)[number];

/** What the two are called on paper. */
export const STATUS_REPORT_NAMES: Readonly<Record<StatusReportKind, { readonly sv: string; readonly en: string }>> = {
  interim: { sv: 'Delårsrapport', en: 'Interim report' },
  annual: { sv: 'Verksamhetsberättelse', en: 'Annual account' },
};
