import type { ArchiveWriter } from './archive-writer.js';
import { Lines } from './lines.js';
import { SectionCounts, type Section } from './manifest.js';
import type { Progress } from './sources.js';

/** Puts lines and documents into the members of their section. */
export class SectionWriter {
  readonly counts = new SectionCounts();
  readonly #members = new Map<Section, number>();
  readonly #lines = new Lines();

  constructor(
    private readonly archive: ArchiveWriter,
    private readonly progress: Progress,
    private readonly signal: AbortSignal,
  ) {}

  async lines(section: Section, lines: Iterable<string>): Promise<void> {
    for (const line of lines) {
      this.#lines.add(line);
      if (this.#lines.isFull) await this.end(section);
    }
  }

  /** What has been gathered becomes a member. */
  async end(section: Section): Promise<void> {
    const items = this.#lines.count;
    if (items === 0) return;
    const nth = (this.#members.get(section) ?? 0) + 1;
    this.#members.set(section, nth);
    await this.member(section, `${section}/${String(nth).padStart(9, '0')}.ndjson`, this.#lines.take(), items);
  }

  async member(section: Section, name: string, content: Uint8Array, items = 1): Promise<void> {
    this.signal.throwIfAborted();
    this.counts.add(section, name, content, items);
    await this.archive.add(name, content);
    this.progress(`${section}: ${this.counts.itemsOf(section)}`);
  }
}
