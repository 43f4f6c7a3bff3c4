using OsstOrleans.Gateway.Import;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>Records which months of a register are complete, once all lines of a file are taken.</summary>
internal static class CoverageImport
{
    public static async Task<int> Run(ImportRequest request)
    {
        await using var platform = await ImportCommand.Open(request.Store);
        var codes = request.Municipalities.Count > 0
            ? request.Municipalities
            : [.. platform.Caseloads.Codes.Where(code => platform.Caseloads.MunicipalityOf(code) is not null)];
        var caller = new Caller(Role.Integration, $"import-{request.Source}", Reach.All);
        var (from, through) = request.Covers!.Value;
        var refused = 0;
        foreach (var code in codes)
        {
            var reply = await platform.Grains.Execute(
                GrainName.Municipality(code), new RecordRegisterCoverage(request.Source, from, through),
                new Envelope(Guid.NewGuid(), caller));
            if (reply.Kind is not ReplyKind.Accepted)
            {
                refused++;
                await Console.Error.WriteLineAsync(
                    $"{code}: {reply.Rejection?.Message ?? "the command was not taken"}");
            }
        }
        await Console.Out.WriteLineAsync(
            $"{from} to {through} are complete in {codes.Count - refused} municipalities.");
        return refused == 0 ? 0 : 1;
    }
}
