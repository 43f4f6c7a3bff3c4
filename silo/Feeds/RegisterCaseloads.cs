using OsstOrleans.Grains.Caseload;

namespace OsstOrleans.Silo.Feeds;

/// <summary>The caseloads of a register that has several municipalities.</summary>
public static class RegisterCaseloads
{
    /// <summary>Asks each of some caseloads in turn; those that there are.</summary>
    public static IEnumerable<TAnswer> AskEach<TAnswer>(
        this Caseloads caseloads, IEnumerable<string> codes, Func<MunicipalityCaseload, TAnswer> question)
        where TAnswer : class => codes.Select(code => caseloads.Ask(code, question)).OfType<TAnswer>();
}
