using OsstOrleans.Grains;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Opening;

/// <summary>The first coordinator of a register, whom no caller can make.</summary>
public static class FirstRights
{
    /// <summary>Grants it, beside what else uses a database; a file is one process's.</summary>
    /// <param name="address">The store.</param>
    /// <param name="register">The municipality's code, or the county's.</param>
    /// <param name="subject">Who becomes coordinator.</param>
    /// <param name="operatedBy">Who does it, as the use log names users of the operating system.</param>
    /// <param name="replaces">In the place of the only coordinator, who is gone: that right ends.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Whose right ended; null for none.</returns>
    /// <exception cref="StoreRefusal">It cannot; says why in one sentence.</exception>
    /// <exception cref="StoreFault">It is granted, and could not be listed among the endings.</exception>
    public static async Task<string?> Grant(
        StoreAddress address, string register, string subject, string operatedBy, bool replaces, TimeProvider time)
    {
        await Stores.MustExist(address);
        if (!GrainName.IsValidKey(register))
        {
            throw new StoreRefusal("A register is a municipality's code, or a county's.");
        }
        var services = await Stores.OpenWithKey(address, time, alone: false);
        await using (services.Store)
        {
            services = services with { Endings = new EndingsList(EndingsPlace.Of(address), services.MasterKey) };
            var grain = GrainName.Municipality(register);
            var host = new GrainHost<MunicipalityState, MunicipalityDecider>(grain, services, ReadSnapshot.None);
            var caller = new Caller(Role.Operator, operatedBy, Reach.All);
            var replaced = replaces ? await OnlyCoordinator(host, caller, services) : null;
            var command = new GrantFirstRight(subject, replaced);
            var commandId = Guid.NewGuid();
            var reply = await host.Execute(command, new Envelope(commandId, caller));
            if (reply.Kind is not ReplyKind.Accepted)
            {
                throw new StoreRefusal(reply.Rejection?.Message ?? "The right was not granted; try again.");
            }
            await ((IGrainServices)services).ListEnded(grain, command, commandId);
            return replaced;
        }
    }

    private static async Task<string> OnlyCoordinator(
        IGrainHost<MunicipalityState> host, Caller caller, GrainServices services) =>
        (await host.Read(new ReadRequest(caller))).State is { } register
        && Rights.OnlyCoordinator(register, services.Clock().Today) is { } only
            ? only
            : throw new StoreRefusal("The register has not one coordinator alone, so there is none to replace.");
}
