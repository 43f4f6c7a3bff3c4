using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests;

/// <summary>
/// Commands that no tidy population has: moves to and fro, closings and reopenings, and everything recorded late and
/// out of order. Many are refused, as in life.
/// </summary>
internal sealed class RandomLives(int seed)
{
    private static readonly string[] Codes = ["211", "320", "297", "680", "837", "851", "999"];

    private readonly Random _random = new(seed);
    private int _ids;

    /// <summary>Sends so many commands to some clients; returns how many of each kind were accepted.</summary>
    public async Task<Dictionary<string, int>> Live(Platform silo, IReadOnlyList<GrainName> clients, int commands)
    {
        var accepted = new Dictionary<string, int>();
        var everywhere = In(Role.Coordinator, null);
        for (var i = 0; i < commands; i++)
        {
            var on = new DateOnly(2018, 6, 1).AddDays(_random.Next(600));
            var command = Next(on);
            var reply = await silo.Grains.Execute(
                clients[_random.Next(clients.Count)], Ask(command, everywhere, NewId(), on));
            if (reply.Kind == ReplyKind.Accepted)
            {
                var name = command.GetType().Name;
                accepted[name] = accepted.GetValueOrDefault(name) + 1;
            }
        }
        return accepted;
    }

    private ICommand Next(DateOnly on) => _random.Next(18) switch
    {
        0 or 1 => new MoveToMunicipality(Codes[_random.Next(Codes.Length)]),
        2 => new CloseMatter(ClosingReason.Other),
        3 or 4 or 5 => new ReopenMatter(),
        6 => new ReceiveReferral($"x{_ids++}", ReferralSource.Kela, (ReferralReason)_random.Next(1, 9), 3),
        7 => Letter,
        8 or 9 => new BookMeeting($"y{_random.Next(4)}", on.AddDays(_random.Next(40))),
        10 or 11 or 12 => new AttendMeeting($"y{_random.Next(4)}"),
        13 => new AssessNeed(Clientship: _random.Next(3) > 0),
        14 or 15 => new MarkRecordedInError(_random.Next(2, 30), new PersonalText("Wrong client")),
        16 => Cases.Plan with { PlanId = $"z{_ids++}" },
        _ => new RecordBenefitMonth($"201{_random.Next(7, 10)}-0{_random.Next(1, 10)}", _random.Next(2) * 50_000, 0),
    };

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
