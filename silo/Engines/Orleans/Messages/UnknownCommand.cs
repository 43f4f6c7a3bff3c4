using System.Text.Json;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Engines.Orleans.Messages;

/// <summary>A command of a newer version. No grain decides it: see <see cref="CallFault.OtherVersion"/>.</summary>
/// <param name="Named">Its name and value as they came.</param>
internal sealed record UnknownCommand(JsonElement Named) : ICommand;
