/** A backup cannot be made, read or restored as asked. Its message is one line that says what, where and how to mend it, and holds no secret. */
export class BackupRefused extends Error {
  override readonly name: string = 'BackupRefused';
}

/** The backup is not what was made: damaged, cut short, or somebody else's. Nothing is restored from it. */
export class BackupDamaged extends BackupRefused {
  override readonly name = 'BackupDamaged';
}
