import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');

/** As GitHub and GitLab name the anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
const headings = (text: string) => [...text.matchAll(/^#+ +(.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

test('every link of a document to another, or to a heading, leads somewhere', async () => {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root });
  const paths = stdout.split('\0').filter(Boolean);
  expect(paths).toContain('README.md');
  const broken: string[] = [];
  for (const path of paths) {
    const text = await readFile(join(root, path), 'utf8').catch(() => ''); // removed, but not yet from the index
    for (const [, to = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(to)) continue;
      const [file = '', anchor] = to.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      const there = await stat(join(root, target)).catch(() => undefined);
      const found = there && (anchor === undefined || headings(await readFile(join(root, target), 'utf8')).includes(anchor));
      if (!found) broken.push(`${path}: ${to}`);
    }
  }
  expect(broken).toEqual([]);
});
