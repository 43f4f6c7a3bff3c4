using Orleans;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace OsstOrleans.Silo.Processes;

/// <summary>
/// Carries out what another grain's events ask for, once in a cluster. A reminder awakens it after a crash. Its key is
/// that grain's key, and its type says which work it is: <see cref="OpenWork"/>.
/// </summary>
[Alias("osst.process")]
[Version(1)]
public interface IProcessGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>
    /// Registers the reminder anew, and looks for work. It may come before the work: the reminder stays for some
    /// minutes when nothing is found.
    /// </summary>
    /// <returns>Completes when the reminder is durable.</returns>
    [Alias("expect")]
    Task Expect();

    /// <summary>Looks for work now: there may be some, or the silo may have died that was doing it.</summary>
    [Alias("wake")]
    [OneWay]
    Task Wake();
}
