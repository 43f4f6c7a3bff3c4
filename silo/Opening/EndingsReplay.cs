using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Opening;

/// <summary>
/// Ends again, before anything is served, what is listed outside the database and was lost with a later day of the
/// database: a command that the log has under its id is done. What cannot be ended yet, because the database does not
/// know the grain, is asked again at the next start.
/// </summary>
internal static class EndingsReplay
{
    /// <summary>How many lines of a list are settled, by its first line.</summary>
    private const string Counts = "endings";

    /// <summary>Lines that had nothing to end.</summary>
    private const string Shelf = "endings-settled";

    /// <summary>By whose name it is done again.</summary>
    private static readonly Caller Again = new(Role.Coordinator, "endings", Reach.All, Purposes.ClientWork);

    /// <summary>
    /// Why a municipality has nothing to end. Any other refusal leaves the line for the next start: it may hold then.
    /// </summary>
    private static readonly string[] NothingToEnd = [RejectionCodes.RightUnknown, RejectionCodes.WorkerUnknown];

    /// <returns>How many were ended again.</returns>
    public static async Task<int> Apply(GrainServices services, EndingsList list)
    {
        var endings = list.Read();
        var notes = (INotes)services.Store;
        if (endings.Count == 0 || await CountApplied(notes, endings) == endings.Count)
        {
            return 0;
        }
        var (again, left) = (0, 0);
        foreach (var ending in endings)
        {
            if (EndedCommands.Read(ending) is not var (grain, commandId, command)
                || await services.Store.FindOutcome(grain, commandId) is not null
                || await notes.Find(Shelf, KeyOf(ending)) is not null)
            {
                continue;
            }
            var reply = await GrainKinds.NewHost(grain, services, ReadSnapshot.None)
                .EndAgain(command.Again, new Envelope(commandId, Again));
            if (reply.Kind is ReplyKind.Accepted)
            {
                again++;
            }
            else if (grain.Kind is not GrainKind.Municipality || !NothingToEnd.Contains(reply.Rejection?.Code))
            {
                left++; // It comes back under the same id when its register is sent again.
            }
            else
            {
                // There was nothing to end. What is granted later is granted anew, and is not ended by this line.
                await notes.TryWrite([new NoteRow(Shelf, KeyOf(ending), Bytes(1))]);
            }
        }
        if (left == 0)
        {
            await notes.TryWrite([new NoteRow(Counts, KeyOf(endings[0]), Bytes(endings.Count))]);
        }
        return again;
    }

    /// <summary>A database that was put back to an earlier day has the number of that day.</summary>
    private static async Task<int> CountApplied(INotes notes, IReadOnlyList<Ending> endings) =>
        await notes.Find(Counts, KeyOf(endings[0])) is { } row
            ? int.Parse(Encoding.ASCII.GetString(row.Value.Span), CultureInfo.InvariantCulture)
            : 0;

    /// <summary>The key of a line; that of the first is the list's: processes of a cluster may have one each.</summary>
    private static string KeyOf(Ending ending) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ending.Name} {ending.At.UtcTicks}"))));

    private static byte[] Bytes(int count) => Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture));
}
