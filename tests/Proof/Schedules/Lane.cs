namespace OsstOrleans.Proof.Tests.Schedules;

/// <summary>
/// The threads of one process, for a schedule: what is queued here runs when the schedule picks it, one step at a time.
/// A lane that was killed runs nothing any more, not even what would clean up: that is <c>kill -9</c>.
/// </summary>
internal sealed class Lane(Schedule schedule, string name) : TaskScheduler
{
    /// <summary>Nothing of it runs any more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Nothing of it runs before this instant: a pause of the whole process.</summary>
    public DateTimeOffset PausedUntil { get; set; }

    public override string ToString() => name;

    public void Kill() => IsDead = true;

    /// <summary>Begins work here.</summary>
    public Task<T> Start<T>(Func<Task<T>> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Begins work here.</summary>
    public Task Start(Func<Task> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public void Run(Task step) => TryExecuteTask(step);

    protected override void QueueTask(Task task) => schedule.Add(this, task);

    /// <summary>Never: where one goes on is the schedule's to say.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
