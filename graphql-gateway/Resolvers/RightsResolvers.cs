using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Who has which role for a register's data: for its coordinators, its officer for data
/// protection, and for operators.</summary>
internal sealed class RightsResolvers(Platform platform)
{
    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "registerRights", Rights)
        .Object<Right>("RegisterRight");

    private async ValueTask<IReadOnlyList<Right>> Rights(FieldCall call)
    {
        var (caller, municipality) = (call.Caller(), call.Arguments.Get<string>("municipality"));
        if (caller.Role is not (Role.Coordinator or Role.Operator or Role.DataProtection)
            || !caller.HoldsFor(municipality))
        {
            throw CallerOf.Forbidden("the rights of a register");
        }
        await CaseloadResolvers.Seen(platform, call);
        return platform.Caseloads.MunicipalityOf(municipality)?.Rights ?? [];
    }
}
