using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// The command ids of steps, the same in every attempt. They are keyed: who may command one of the clients could
/// otherwise work out the id of a step to come, send something else by it first, and the step would count as done. The
/// steps of earlier versions had ids without a key; what those left is recognised by the grains' states.
/// </summary>
internal sealed class StepIds(MasterKey master)
{
    private readonly byte[] _key = master.DeriveKey("steps of casework");

    /// <param name="step">Distinguishes the step from every other.</param>
    public Guid Of(string step)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(step), hash);
        return StableId.Guid(hash);
    }
}
