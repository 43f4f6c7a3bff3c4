using System.CommandLine;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst rights first</c>: makes the first coordinator of a register that has none.</summary>
internal static class RightsCommand
{
    public static Command Verb(
        Func<ParseResult, StoreAddress> addressOf, Func<Func<Task<int>>, Task<int>> said, params Option[] store)
    {
        var register = new Argument<string>("REGISTER") { Description = "The municipality's code, or the county's." };
        var subject = new Option<string>("--subject")
        {
            Description = "Who signs in: the subject that the query me shows.",
            Required = true,
        };
        var replace = new Option<bool>("--replace")
        {
            Description = "In the place of the only coordinator, who is gone: that right ends.",
        };
        var first = new Command("first", "Make the first coordinator, who grants all further rights")
        {
            register, subject, replace,
        };
        foreach (var option in store)
        {
            first.Add(option);
        }
        first.SetAction((parsed, _) => said(() => First(
            addressOf(parsed), parsed.GetValue(register)!, parsed.GetValue(subject)!, parsed.GetValue(replace))));
        return new Command("rights", "Who may see a register's data") { first };
    }

    private static async Task<int> First(StoreAddress address, string register, string subject, bool replaces)
    {
        await Stores.MustExist(address);
        if (!GrainName.IsValidKey(register))
        {
            throw new StoreRefusal("A register is a municipality's code, or a county's.");
        }
        // The register's officer for data protection finds the line, whatever comes of the verb.
        await VerbLines.LeaveAt(address, register, replaces ? "rights first --replace" : "rights first");
        var replaced = await FirstRights.Grant(
            address, register, subject, VerbUses.Subject, replaces, TimeProvider.System);
        if (replaced is not null)
        {
            await Console.Out.WriteLineAsync($"{replaced} coordinates {register} no more.");
        }
        await Console.Out.WriteLineAsync(
            $"{subject} coordinates {register} now; all tokens for it are cut to what is granted there.");
        return 0;
    }
}
