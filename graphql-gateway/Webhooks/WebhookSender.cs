using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Gateway.Webhooks;

/// <summary>
/// Posts events to endpoints (CloudEvents 1.0, structured JSON; Standard Webhooks headers). An endpoint is an address
/// that a person typed in: no redirect is followed, no proxy, cookie or content of an answer is used, and addresses of
/// this machine or its link are refused, whatever name they have.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MostHeaderKilobytes = 16;

    private readonly HttpClient _http;
    private readonly WebhookSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly bool _isProduction;

    /// <param name="secrets">Sign.</param>
    /// <param name="time">Stamps and ends attempts.</param>
    /// <param name="timeout">What an attempt may take.</param>
    /// <param name="isProduction">Refuses the machine itself, too.</param>
    public WebhookSender(WebhookSecrets secrets, TimeProvider time, TimeSpan timeout, bool isProduction)
    {
        (_secrets, _time, _timeout, _isProduction) = (secrets, time, timeout, isProduction);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // Names may come to mean other addresses.
            ConnectCallback = Connect,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Lets this process's silo deliver.</summary>
    public static void AddTo(
        IServiceCollection services, GrainServices grains, TimeSpan timeout, DeliveryPatience patience,
        bool isProduction) => services
            .AddSingleton(_ => new WebhookSender(
                new WebhookSecrets(grains.MasterKey), grains.Time, timeout, isProduction))
            .AddSingleton(provider => new Deliverer(
                provider.GetRequiredService<WebhookSender>().Send, patience, Random.Shared));

    /// <inheritdoc cref="SendEvent"/>
    public async ValueTask<NotTaken?> Send(
        string key, ReceiverState receiver, OutgoingEvent outgoing, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            using var request = Request(key, receiver, outgoing);
            using var answer = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode
                ? null
                : new NotTaken(
                    $"HTTP_{(int)answer.StatusCode}", AskedFor(answer.Headers.RetryAfter),
                    IsOfTheEvent(answer.StatusCode));
        }
        catch (OperationCanceledException)
        {
            return new NotTaken("NO_ANSWER");
        }
        catch (HttpRequestException fault)
        {
            return new NotTaken(fault.InnerException is EndpointRefused ? "ADDRESS_REFUSED"
                : fault.HttpRequestError is HttpRequestError.SecureConnectionError ? "TLS"
                : "NO_CONNECTION");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// What is in the event, and not where the receiver is or who calls: pages of a proxy or a wrong address answer
    /// otherwise.
    /// </summary>
    private static bool IsOfTheEvent(HttpStatusCode status) => status is HttpStatusCode.BadRequest
        or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType
        or HttpStatusCode.UnprocessableEntity;

    private HttpRequestMessage Request(string key, ReceiverState receiver, OutgoingEvent outgoing)
    {
        var seconds = _time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, receiver.Endpoint)
        {
            Content = new ReadOnlyMemoryContent(outgoing.Body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        request.Headers.Add("webhook-id", outgoing.Id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", _secrets.Sign(
            key, receiver.SecretNumber, outgoing.Id, seconds, outgoing.Body.Span));
        return request;
    }

    /// <summary>The address is judged as it is connected to: a name cannot mean another one in between.</summary>
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        var allowed = addresses.Where(address => EndpointAddress.IsAllowed(address, _isProduction)).ToArray();
        if (allowed.Length == 0)
        {
            throw new EndpointRefused();
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The moment that <c>Retry-After</c> names, by a pause or itself (RFC 9110, section 10.2.3).</summary>
    private DateTimeOffset? AskedFor(RetryConditionHeaderValue? retry) =>
        retry?.Delta is { } pause ? _time.GetUtcNow() + pause : retry?.Date;

    private sealed class EndpointRefused() : IOException("The endpoint's address is not one to send to.");
}
