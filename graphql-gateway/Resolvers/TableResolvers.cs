using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Gateway.Resolvers;

internal sealed record TableView(AsOf AsOf, IReadOnlyList<CellView> Cells);

internal sealed record CellView(IReadOnlyList<CellKey> Keys, Figure Figure);

/// <summary>What a cell stands for by one dimension.</summary>
internal sealed record CellKey(CaseloadDimension Dimension, string? Code);

/// <summary>Caseloads counted by one or two dimensions.</summary>
internal sealed class TableResolvers(Platform platform, CaseloadTables tables, MunicipalityResolvers municipalities)
{
    private const int MostDimensions = 2;
    private const int MostCells = 5_000;

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "caseloadTable", Ask)
        .Object<TableView>("CaseloadTable").Object<CellView>("CaseloadCell").Object<Figure>("Figure")
        .Object<CellKey>("CellKey")
        .Plain<CellKey, MunicipalityView?>("CellKey", "municipality", key =>
            key is { Dimension: CaseloadDimension.Municipality, Code: { } code } ? municipalities.Find(code) : null);

    private async ValueTask<TableView> Ask(FieldCall call)
    {
        var by = call.Arguments.Get<IReadOnlyList<CaseloadDimension>>("by");
        if (by.Count is 0 or > MostDimensions || by.Distinct().Count() != by.Count)
        {
            throw CaseloadResolvers.BadInput("by", "A table has one or two dimensions, each once.");
        }
        var asked = call.MunicipalitiesAsked(platform);
        await CaseloadResolvers.Seen(platform, call);
        await OwnFigures.Counted(platform, call.Caller(), asked, OwnFigures.Table);
        try
        {
            var (asOf, cells) = tables.Ask(
                call.Caller(), by, asked, CaseloadResolvers.FilterOf(platform, call), platform.Services.Clock().Today,
                code => platform.Staff.SightOf(call.Caller(), code));
            return cells.Count <= MostCells
                ? new TableView(asOf, [.. cells.Select(View)])
                : throw CaseloadResolvers.BadInput("by", $"A table has at most {MostCells} cells.");
        }
        catch (DisclosureRefused refused)
        {
            throw new FieldFault(ErrorCodes.SmallCellRule, refused.Message);
        }
    }

    private static CellView View(TableCell cell) => new(
        [.. cell.Keys.Select(key => new CellKey(key.Dimension, CodeOf(key.Key)))], cell.Figure);

    private static string? CodeOf(object? key) => key switch
    {
        null => null,
        Enum member => EnumNames.ToGraphQL(member.ToString()),
        CodedValue value => $"{value.System}|{value.Code}",
        var name => name.ToString(),
    };
}
