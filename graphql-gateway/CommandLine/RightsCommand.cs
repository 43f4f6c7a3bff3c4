using System.CommandLine;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst rights first</c>: makes the first coordinator of a register that has none.</summary>
internal static class RightsCommand
{
    public static Command Verb(
        Func<ParseResult, StoreAddress> addressOf, Func<Func<Task<int>>, Task<int>> said, params Option[] store)
    {
        var register = new Argument<string>("REGISTER") { Description = "The municipality's code." };
        var subject = new Option<string>("--subject")
        {
            Description = "Who signs in: the subject that the query me shows.",
            Required = true,
        };
        var first = new Command("first", "Make the first coordinator, who grants all further rights")
        {
            register, subject,
        };
        foreach (var option in store)
        {
            first.Add(option);
        }
        first.SetAction((parsed, _) => said(() => First(
            addressOf(parsed), parsed.GetValue(register)!, parsed.GetValue(subject)!)));
        return new Command("rights", "Who may see a register's data") { first };
    }

    private static async Task<int> First(StoreAddress address, string register, string subject)
    {
        await FirstRights.Grant(address, register, subject, TimeProvider.System);
        await Console.Out.WriteLineAsync(
            $"{subject} coordinates {register} now; all tokens for it are cut to what is granted there.");
        return 0;
    }
}
