using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests;

/// <summary>Something in every table of a store.</summary>
internal static class EveryTable
{
    /// <summary>Registers, writes and reads until no table is empty, and identifiers are in the index.</summary>
    public static async Task Fill(Platform silo, DateTimeOffset now)
    {
        await Send(silo, GrainName.Municipality(Tampere), new RegisterMunicipality("Tampere"));
        await Send(silo, Maija, Register);
        await Send(silo, Maija, Letter with { Note = new PersonalText("Salainen sana") });
        await Send(silo, Maija, new GiveDropInConsent());
        await Send(silo, Maija, new RecordDropInAttendance("asukastupa"));
        await silo.Store.Append(Requests.Nothing(Maija, 3, Guid.NewGuid()));
        await silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        var store = (IDeliveryStore)silo.Store;
        await store.TryWrite([new NoteRow("places", "r-1", new byte[] { 7 })]);
        await store.LogDisclosures(
            [
                new DisclosureLine(
                    Maija, Tampere, "client.registered", "receiver/r-1", "Kela", "operator/o-1", "follow-up",
                    "703/2023", 2, now),
            ]);
        var index = (IIdentityIndex)silo.Store;
        await Patience.Until(async () => (await index.ClientsWithoutIdentity(1)).Count == 0);
    }

    /// <summary>Sends a command that must be accepted, and waits until the projections have seen it.</summary>
    public static async Task Send(Platform silo, GrainName grain, ICommand command)
    {
        var reply = await silo.Grains.Execute(grain, Ask(command, In(Role.Coordinator, null)));
        Assert.True(reply.Kind == ReplyKind.Accepted, $"{command} was refused: {reply.Kind} {reply.Rejection}");
        await silo.WaitFor(reply.Position);
    }
}
