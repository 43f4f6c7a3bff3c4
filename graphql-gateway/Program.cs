using OsstOrleans.Gateway.CommandLine;

return await OsstCommand.Create().Parse(args).InvokeAsync();
