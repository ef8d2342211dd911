/** Measures how much time each stage takes. The twin of profile.py. */

/** Adds up how long each stage was busy, over any number of calls. */
export class Profile {
  /** Busy milliseconds by stage. */
  readonly milliseconds: Record<string, number> = {};

  /** Runs a task, and adds its duration to a stage. */
  async measure<Result>(stage: string, task: () => Result | Promise<Result>): Promise<Result> {
    const startMs = performance.now();
    try {
      return await task();
    } finally {
      this.add({ [stage]: performance.now() - startMs });
    }
  }

  /** Adds milliseconds to stages. */
  add(milliseconds: Readonly<Record<string, number>>): void {
    for (const [stage, ms] of Object.entries(milliseconds)) {
      this.milliseconds[stage] = (this.milliseconds[stage] ?? 0) + ms;
    }
  }
}
