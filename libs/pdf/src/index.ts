export { pdf, type PdfOptions } from './pdf.js';
