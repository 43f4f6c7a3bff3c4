using System.CommandLine;
using OsstOrleans.Gateway.CommandLine;

// A stop is a drain, and the server itself bounds how long that takes. The command line's own patience of two seconds
// would end a slower drain with a failure's exit code.
var patient = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await OsstCommand.Create().Parse(args).InvokeAsync(patient);
