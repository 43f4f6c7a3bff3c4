using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OsstOrleans.Silo.Processes;

/// <summary>
/// What interrupts the work that a process does by the log, in that process's own log: the kind of the fault, and never
/// its words. The log is there when the host is.
/// </summary>
internal sealed partial class Interruptions
{
    private ILogger _log = NullLogger.Instance;

    public void Attach(IServiceProvider services) => _log = services.GetRequiredService<ILogger<Interruptions>>();

    /// <summary>What a follower calls with each fault.</summary>
    /// <param name="work">What waits because of it.</param>
    public Action<Exception> Of(string work) => fault => Interrupted(work, fault.GetType().Name);

    [LoggerMessage(LogLevel.Warning, "{Work} waits, and is tried again: {Fault}.")]
    private partial void Interrupted(string work, string fault);
}
