using System.Buffers;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// Answers the requests of a batch one after the other, each by itself: a later one sees what an earlier one did, and
/// goes on where an earlier one failed.
/// </summary>
internal static class BatchAnswer
{
    public static async Task Write(
        IReadOnlyList<BatchEntry> batch, IGraphQLEngine engine, StreamServices services, Verified caller,
        string traceId, CostReport cost, IBufferWriter<byte> answer)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            answer.Write(i == 0 ? "["u8 : ","u8);
            if (!services.Tokens.IsValid(caller))
            {
                answer.Write(Refusal.Json(Refusal.Ended)); // It was revoked while an earlier one was answered.
                continue;
            }
            try
            {
                var request = services.Admit(batch[i].Request ?? throw batch[i].Fault!, caller);
                await engine.ExecuteAsync(request, services.Context(request, caller, traceId, cost: cost), answer);
            }
            catch (GraphQLRequestFault fault)
            {
                answer.Write(Refusal.Json((fault.Code, fault.Message)));
            }
        }
        answer.Write("]"u8);
    }
}
