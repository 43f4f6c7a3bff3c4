using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// GraphQL.NET on Kestrel as a peer: its own executer and JSON writer, the part of the contract that the benchmark
/// asks, over the answers that the platform itself gave. A document is parsed and validated once, as its own document
/// cache does it.
/// </summary>
internal static class GraphQLDotNetServer
{
    public static async Task Run(int port, string answersFile)
    {
        using var schema = new Schema { Query = new PeerQuery(PeerData.Read(answersFile)) };
        schema.Initialize();
        var executer = new DocumentExecuter();
        var serializer = new GraphQLSerializer();
        var documents = new ConcurrentDictionary<string, GraphQLDocument>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        var app = builder.Build();
        app.Map("/graphql", async (HttpContext http) =>
        {
            var request = await serializer.ReadAsync<GraphQLRequest>(http.Request.Body, http.RequestAborted);
            var query = request!.Query!;
            documents.TryGetValue(query, out var known);
            var result = await executer.ExecuteAsync(new ExecutionOptions
            {
                Schema = schema,
                Query = query,
                Document = known,
                // What is kept was valid.
                ValidationRules = known is null ? null : [],
                Variables = request.Variables,
                OperationName = request.OperationName,
                CancellationToken = http.RequestAborted,
            });
            if (known is null && result.Executed && result.Errors is null or { Count: 0 })
            {
                documents.TryAdd(query, result.Document!);
            }
            http.Response.ContentType = "application/json; charset=utf-8";
            await serializer.WriteAsync(http.Response.Body, result, http.RequestAborted);
        });
        await app.RunAsync();
    }

    private sealed record PeerMunicipality(string Code, string Name, int ReviewIntervalDays);

    private sealed record PeerEntry(string ClientId, PeerStatus Status, int BirthYear);

    private sealed record PeerConnection(IReadOnlyList<PeerEntry> Nodes);

    private sealed record PeerData(PeerMunicipality Municipality, IReadOnlyList<PeerEntry> Caseload)
    {
        public static PeerData Read(string file)
        {
            var answers = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
            };
            return new PeerData(
                answers["municipality"].Deserialize<PeerMunicipality>(options)!,
                answers["caseload"]!["nodes"].Deserialize<PeerEntry[]>(options)!);
        }
    }

    /// <summary>Named as the values of the schema's enum are, so that neither side has to convert.</summary>
    private enum PeerStatus
    {
        REGISTERED,
        REFERRED,
        NOT_INVESTIGATED,
        CONTACTED,
        MEETING_BOOKED,
        MET,
        ASSESSED,
        NO_CLIENTSHIP,
        IN_PLAN,
        CLOSED,
    }

    private sealed class PeerQuery : ObjectGraphType
    {
        public PeerQuery(PeerData data)
        {
            Name = "Query";
            Field<MunicipalityType>("municipality")
                .Argument<NonNullGraphType<StringGraphType>>("code")
                .Resolve(call => call.GetArgument<string>("code") == data.Municipality.Code ? data.Municipality : null);
            Field<NonNullGraphType<ConnectionType>>("caseload")
                .Argument<NonNullGraphType<StringGraphType>>("municipality")
                .Argument<NonNullGraphType<IntGraphType>>("first", argument => argument.DefaultValue = 50)
                .Resolve(call => new PeerConnection([.. data.Caseload.Take(call.GetArgument<int>("first"))]));
        }
    }

    private sealed class MunicipalityType : ObjectGraphType<PeerMunicipality>
    {
        public MunicipalityType()
        {
            Name = "Municipality";
            Field<NonNullGraphType<StringGraphType>>("code").Resolve(call => call.Source.Code);
            Field<NonNullGraphType<StringGraphType>>("name").Resolve(call => call.Source.Name);
            Field<NonNullGraphType<IntGraphType>>("reviewIntervalDays").Resolve(call => call.Source.ReviewIntervalDays);
        }
    }

    private sealed class ConnectionType : ObjectGraphType<PeerConnection>
    {
        public ConnectionType()
        {
            Name = "CaseloadConnection";
            Field<NonNullGraphType<ListGraphType<NonNullGraphType<EntryType>>>>("nodes")
                .Resolve(call => call.Source.Nodes);
        }
    }

    private sealed class EntryType : ObjectGraphType<PeerEntry>
    {
        public EntryType()
        {
            Name = "CaseloadEntry";
            Field<NonNullGraphType<IdGraphType>>("clientId").Resolve(call => call.Source.ClientId);
            Field<NonNullGraphType<EnumerationGraphType<PeerStatus>>>("status").Resolve(call => call.Source.Status);
            Field<NonNullGraphType<IntGraphType>>("birthYear").Resolve(call => call.Source.BirthYear);
        }
    }
}
