using OsstOrleans.Grains.Caseload;

namespace OsstOrleans.Silo.Feeds;

/// <summary>A caseload and the lock under which it is asked and changed.</summary>
internal sealed class LockedCaseload(MunicipalityCaseload caseload)
{
    public Lock Gate { get; } = new();

    public MunicipalityCaseload Caseload { get; } = caseload;
}
