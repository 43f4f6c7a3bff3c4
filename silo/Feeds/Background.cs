namespace OsstOrleans.Silo.Feeds;

/// <summary>Work outside any grain's turn, which belongs to no call that happened to begin it.</summary>
internal static class Background
{
    /// <summary>Begins work.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="on">Where it runs: the process's pool when null; a proof runs it in an order of its own.</param>
    public static Task Run(Func<Task> work, TaskScheduler? on)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Factory.StartNew(
                work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, on ?? TaskScheduler.Default)
                .Unwrap();
        }
    }
}
