using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Proof.Tests.Checks;
using OsstOrleans.Proof.Tests.Schedules;
using OsstOrleans.Proof.Tests.Simulated;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Proof.Tests.Cluster;

/// <summary>One caller: what it sends next is drawn, and what it got is remembered.</summary>
internal sealed class TrafficCaller : IGrainCalls
{
    private static readonly DateOnly s_day = new(2019, 5, 2);
    private static readonly string[] s_people = ["a", "b", "c", "d"];

    private readonly World _world;
    private readonly SkewedTime _time;
    private readonly IGrainCalls _calls;
    private readonly List<Command> _own = [];
    private readonly List<(GrainName, Guid)> _sentOfLine = [];
    private int _number;

    public TrafficCaller(World world, SkewedTime time)
    {
        (_world, _time) = (world, time);
        _calls = new PatientCalls(new ProcessCalls(world, time), new CallFigures(Instruments.CallLatency), time);
    }

    private Random Chance => _world.Schedule.Random;

    /// <summary>Somebody of a municipality.</summary>
    public static RegisterClient Person(string municipality, string name) => new(
        municipality, new PersonalText("Esimerkki"), new PersonalText("Synteettinen"), 1984,
        TemporaryIdentifier: new PersonalText($"T-{name}"), Synthetic: true);

    /// <summary>Sends a command until it is answered.</summary>
    public Task<CommandReply> Send(GrainName grain, ICommand command, long? ifVersion = null) => Send(new Command(
        grain, command,
        new Envelope(NewId(), new Caller(Role.Coordinator, "c-1", Reach.All, Purposes.ClientWork), s_day, ifVersion),
        _world.Schedule.Steps));

    public async Task DoSomething()
    {
        var person = GrainName.Client(_world.Schedule.Pick(s_people));
        switch (Chance.Next(26))
        {
            case 0 or 1 or 2:
                await Read(person);
                break;
            case 3 or 4 or 5 or 6:
                await SendLine();
                break;
            case 7 when _own.Count > 0:
                await SendAgain(_world.Schedule.Pick(_own));
                break;
            case 12:
                await Send(
                    new ImportKeys(World.Key).ExternalId("kela", $"K{Chance.Next(3)}", Traffic.Tampere),
                    new LinkExternalId(person.Key));
                break;
            case 8 or 9:
                await Send(GrainName.Municipality(Traffic.Tampere), Merge());
                break;
            case 10 or 11:
                await Send(GrainName.Municipality(Traffic.Tampere), HandOver());
                break;
            default:
                await Send(person, Next(person.Key), _world.Schedule.OneIn(8) ? Chance.Next(6) : null);
                break;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        _sentOfLine.Add((grain, envelope.CommandId));
        if (_world.Flaw.HasFlag(StoreFlaw.LinkBeforeLine) && envelope.Caller.Role is Role.Integration)
        {
            await LinkBeforeLine(grain, envelope);
        }
        return await UntilAnswered(() => _calls.Execute(grain, command, envelope));
    }

    /// <inheritdoc/>
    public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class => await UntilAnswered(() => _calls.Read<TState>(grain, request));

    /// <summary>As an earlier version did: the link of the line stays, whatever the line is answered.</summary>
    private async Task LinkBeforeLine(GrainName client, Envelope envelope)
    {
        var id = GrainName.ExternalId(client.Key);
        _sentOfLine.Add((id, envelope.CommandId));
        await UntilAnswered(() => _calls.Execute(id, new LinkExternalId(client.Key), envelope with
        {
            Caller = new Caller(Role.Coordinator, "import", Reach.All, Purposes.ClientWork),
        }));
    }

    private async Task Read(GrainName person)
    {
        var caller = new Caller(Role.Coordinator, "s-1", Reach.Of(Traffic.Tampere), $"read {NewId()}");
        await Read<ClientState>(person, new ReadRequest(caller));
    }

    /// <summary>The answer of a command that was answered before is the first one, however much came between.</summary>
    private async Task SendAgain(Command first)
    {
        var reply = await UntilAnswered(() => _calls.Execute(first.Grain, first.What, first.Envelope));
        if ((reply.Kind, reply.Version, reply.Position)
            != (first.Reply!.Kind, first.Reply.Version, first.Reply.Position))
        {
            _world.History.Wrong.Add(Breach.Of(
                Rule.SameAnswer, $"{first.Grain}: {first.What.GetType().Name} sent again is answered otherwise"));
        }
    }

    private async Task<CommandReply> Send(Command command)
    {
        _world.History.Commands.Add(command);
        command.Reply = await UntilAnswered(() => _calls.Execute(command.Grain, command.What, command.Envelope));
        command.Ended = _world.Schedule.Steps;
        if (command is { Reply.Kind: ReplyKind.Accepted, What: not IConsentCommand })
        {
            _own.Add(command); // What is kept by consent leaves no outcome behind, and none is promised.
        }
        return command.Reply;
    }

    private async Task SendLine()
    {
        _sentOfLine.Clear();
        var caller = new Caller(
            Role.Integration, "kela", _world.Schedule.OneIn(3) ? Reach.Of(Traffic.Raisio) : Reach.All);
        var (kind, line) = NextLine();
        var result = await new LineImport(this, new ImportKeys(World.Key), caller, "kela", NewId(), _time)
            .Send(kind, line, ++_number);
        _world.History.Lines.Add(new Line([.. _sentOfLine.Distinct()], result));
    }

    private async Task<T> UntilAnswered<T>(Func<ValueTask<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception fault) when (fault is StoreFault { IsPassing: true } or LimitReached)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time);
            }
        }
    }

    private ICommand Next(string key) => Chance.Next(18) switch
    {
        0 or 1 => Person(_world.Schedule.OneIn(2) ? Traffic.Tampere : Traffic.Raisio, key),
        2 or 3 => new RecordContactAttempt(ContactChannel.Letter, Reached: false, Note: new PersonalText("Kirje")),
        4 or 5 => new AssignWorker(_world.Schedule.OneIn(2) ? "w1" : "w2", OwnWorker: true),
        6 or 7 => new MoveToMunicipality(_world.Schedule.OneIn(2) ? Traffic.Tampere : Traffic.Raisio),
        8 => new GiveDropInConsent(),
        9 or 10 => new RecordDropInAttendance($"centre-{Chance.Next(3)}"),
        11 => new WithdrawDropInConsent(),
        12 or 13 => new ReceiveReferral(
            $"r{Chance.Next(4)}", ReferralSource.Kela, (ReferralReason)Chance.Next(1, 4), Urgency: 2),
        14 => new EraseClient(ErasureReason.RegisteredInError),
        15 => new MarkRecordedInError(Chance.Next(1, 5), new PersonalText("Väärä henkilö")),
        16 => new CloseMatter(ClosingReason.Other),
        _ => new ReopenMatter(),
    };

    private MergeDuplicate Merge()
    {
        var survivor = _world.Schedule.Pick(s_people);
        var duplicate = _world.Schedule.Pick([.. s_people.Where(other => other != survivor)]);
        return new MergeDuplicate($"m{Chance.Next(4)}", survivor, duplicate, MergeGrounds.ConfirmedByClient);
    }

    private HandOverCaseload HandOver() => _world.Schedule.OneIn(2)
        ? new HandOverCaseload($"h{Chance.Next(3)}", "w1", "w2")
        : new HandOverCaseload($"g{Chance.Next(3)}", "w2", "w1");

    private (ImportKind, IImportLine) NextLine()
    {
        var id = $"K{Chance.Next(3)}";
        var register = Chance.Next(5) switch
        {
            0 or 1 => Traffic.Tampere,
            2 or 3 => Traffic.Raisio,
            _ => "not a code",
        };
        return Chance.Next(4) switch
        {
            0 => (ImportKind.Clients, new ClientLine
            {
                ExternalId = id,
                Municipality = register,
                LastName = new PersonalText(_world.Schedule.OneIn(2) ? "Esimerkki" : "Toinen"),
                FirstNames = new PersonalText("Synteettinen"),
                BirthYear = 1984,
                TemporaryIdentifier = new PersonalText($"T-{id}"),
                Synthetic = true,
                OccurredOn = s_day,
            }),
            1 => (ImportKind.BenefitMonths, new BenefitMonthLine
            {
                ExternalId = id,
                ClientId = _world.Schedule.OneIn(3) ? _world.Schedule.Pick(s_people) : null,
                Month = _world.Schedule.OneIn(4) ? "2019-13" : $"2019-0{Chance.Next(1, 4)}",
                AmountCents = 50_000,
                ReductionPercent = 20,
                Municipality = _world.Schedule.OneIn(3) ? register : null,
                OccurredOn = s_day,
            }),
            _ => (ImportKind.KelaNotifications, new KelaNotificationLine
            {
                ExternalId = id,
                NotificationId = $"n{Chance.Next(3)}",
                Reason = ReferralReason.Need,
                Urgency = _world.Schedule.OneIn(5) ? 10 : 2,
                Municipality = register,
                LastName = new PersonalText("Esimerkki"),
                FirstNames = new PersonalText("Synteettinen"),
                BirthYear = 1984,
                TemporaryIdentifier = new PersonalText($"T-{id}"),
                Synthetic = true,
                OccurredOn = s_day,
            }),
        };
    }

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Chance.NextBytes(bytes);
        return new Guid(bytes);
    }
}
