/** A backup cannot be made, read or restored as asked. Its message is one line that says what, where and how to mend it, and holds no secret. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}
