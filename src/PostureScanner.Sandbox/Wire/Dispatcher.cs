using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PostureScanner.Sandbox.Wire;

/// <summary>Request in, answer out: who asks, what for, is there a fault, and if not, what does the estate say.</summary>
internal sealed class Dispatcher(IReadOnlyList<Service> services, Estate estate, SandboxOptions options, Faults faults, CallLog calls, CancellationToken stopping)
{
    private int requests;

    public async Task AnswerAsync(HttpContext context)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await AnswerAsync(context, gone.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken gone)
    {
        var arrived = estate.World;
        var request = await Request.ReadAsync(context, NextId(), gone);
        var service = ServiceOf(request);
        if (service is null)
        {
            var scope = request.Credential?.Service ?? "(unsigned)";
            await WriteAsync(context, Answer.Of(501, "text/plain", $"The sandbox does not know the service {scope}."), [("x-amzn-RequestId", request.Id)]);
            return;
        }

        if (await TakeAsync(service, request, arrived, gone) is { } answer)
            await WriteAsync(context, answer, service.Stamp(request));
        else
            context.Abort();
    }

    private Service? ServiceOf(Request request) => request.Credential is { } credential
        ? services.FirstOrDefault(service => service.SigningName == credential.Service)
        : services.FirstOrDefault(service => service.Claims(request));

    /// <summary>Null: the connection is to be closed without an answer.</summary>
    private async Task<Answer?> TakeAsync(Service service, Request request, World arrived, CancellationToken gone)
    {
        try
        {
            if (request.Credential is not { } credential)
                throw service.Unsigned(request, estate);
            var name = service.OperationOf(request);
            var operation = service.Find(name);
            var subject = operation?.Subject(request) ?? "";
            calls.Add($"{service.Name}:{name}", subject, credential.Region);
            if (operation is null)
                throw service.Unknown(name);

            var account = credential.Account ?? estate.Accounts[0].Id;
            var site = new FaultSite($"{service.Name}:{name}", subject, account, credential.Region)
            {
                Action = $"{service.Name}:{operation.Action}",
                Part = operation.Part(request),
            };
            var call = new Call(request, operation, account, credential.Region, subject)
            {
                Estate = estate,
                Options = options,
                Arrived = arrived,
                Lacks = action => faults.Denies(site with { Operation = $"{service.Name}:{action}", Action = $"{service.Name}:{action}" }),
                Vanished = subject.Length > 0 && faults.IsVanished(subject),
            };
            var fault = await faults.MeetAsync(site, gone);
            return fault switch
            {
                Fault.None => Run(service, call),
                Fault.ClosedAfter => RunUnheard(service, call),
                Fault.Denied => throw service.Denied(request, estate, account, name, subject),
                Fault.Throttled => throw service.Throttled(),
                Fault.Failed failed => throw new AwsError(failed.Status, failed.Code, "The sandbox was told to fail this call."),
                Fault.Garbled => Answer.Of(200, "application/octet-stream", "\u0007 neither JSON nor XML <{[ &"),
                _ => null,
            };
        }
        catch (AwsError error)
        {
            return service.Error(request, error);
        }
    }

    /// <summary>Done, or refused, but nobody is told.</summary>
    private Answer? RunUnheard(Service service, Call call)
    {
        try
        {
            Run(service, call);
        }
        catch (AwsError)
        {
            return null;
        }

        return null;
    }

    private Answer Run(Service service, Call call)
    {
        lock (estate.Gate)
        {
            var before = estate.World;
            try
            {
                return call.Operation.Run(call);
            }
            catch (AwsError)
            {
                estate.World = before;
                throw;
            }
            catch (EstateException problem)
            {
                estate.World = before;
                return service.Error(call.Request, new AwsError(400, "ValidationException", problem.Message));
            }
        }
    }

    private async Task WriteAsync(HttpContext context, Answer answer, IEnumerable<(string Name, string Value)> stamp)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.Date = options.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        foreach (var (name, value) in stamp)
            response.Headers[name] = value;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        if (answer.Body.Length > 0)
            response.ContentType = answer.ContentType;
        if (HttpMethods.IsHead(context.Request.Method) || answer.Status == StatusCodes.Status204NoContent)
            return;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>The shape of AWS's ids, counted: a recording of one run repeats in the next.</summary>
    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0000-{Interlocked.Increment(ref requests):x12}");
}
