using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Opening;

/// <summary>The first coordinator of a register, whom no caller can make.</summary>
public static class FirstRights
{
    /// <summary>Grants it, beside what else uses a database; a file is one process's.</summary>
    /// <param name="address">The store.</param>
    /// <param name="register">The municipality's code.</param>
    /// <param name="subject">Who becomes coordinator.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StoreRefusal">It cannot; says why in one sentence.</exception>
    public static async Task Grant(StoreAddress address, string register, string subject, TimeProvider time)
    {
        await Stores.MustExist(address);
        if (!GrainName.IsValidKey(register))
        {
            throw new StoreRefusal("A register is a municipality's code.");
        }
        var services = await Stores.OpenWithKey(address, time, alone: false);
        await using (services.Store)
        {
            var reply = await GrainKinds.NewHost(GrainName.Municipality(register), services, ReadSnapshot.None).Execute(
                new GrantFirstRight(subject),
                new Envelope(Guid.NewGuid(), new Caller(Role.Operator, "rights-first", Reach.All)));
            if (reply.Kind is not ReplyKind.Accepted)
            {
                throw new StoreRefusal(reply.Rejection?.Message ?? "The right was not granted; try again.");
            }
        }
    }
}
