using Amazon.SimpleNotificationService.Model;
using PostureScanner.AwsPackages;

namespace Amazon.SimpleNotificationService;

/// <summary>SNS declares its errors per operation; a batch adds its own.</summary>
internal static class Operations
{
    private static readonly QueryService Service = new(
        "Amazon.SimpleNotificationService", "2010-03-31", List: ".member", Wrapper: true,
        static (m, i, t, c, r, s) => new AmazonSimpleNotificationServiceException(m, i, t, c, r, s));

    private static readonly Dictionary<string, Fault> PublishFaults = new(StringComparer.Ordinal)
    {
        ["AuthorizationError"] = static (m, i, t, c, r, s) => new AuthorizationErrorException(m, i, t, c, r, s),
        ["EndpointDisabled"] = static (m, i, t, c, r, s) => new EndpointDisabledException(m, i, t, c, r, s),
        ["InternalError"] = static (m, i, t, c, r, s) => new InternalErrorException(m, i, t, c, r, s),
        ["InvalidParameter"] = static (m, i, t, c, r, s) => new InvalidParameterException(m, i, t, c, r, s),
        ["InvalidSecurity"] = static (m, i, t, c, r, s) => new InvalidSecurityException(m, i, t, c, r, s),
        ["KMSAccessDenied"] = static (m, i, t, c, r, s) => new KMSAccessDeniedException(m, i, t, c, r, s),
        ["KMSDisabled"] = static (m, i, t, c, r, s) => new KMSDisabledException(m, i, t, c, r, s),
        ["KMSInvalidState"] = static (m, i, t, c, r, s) => new KMSInvalidStateException(m, i, t, c, r, s),
        ["KMSNotFound"] = static (m, i, t, c, r, s) => new KMSNotFoundException(m, i, t, c, r, s),
        ["KMSOptInRequired"] = static (m, i, t, c, r, s) => new KMSOptInRequiredException(m, i, t, c, r, s),
        ["KMSThrottling"] = static (m, i, t, c, r, s) => new KMSThrottlingException(m, i, t, c, r, s),
        ["NotFound"] = static (m, i, t, c, r, s) => new NotFoundException(m, i, t, c, r, s),
        ["ParameterValueInvalid"] = static (m, i, t, c, r, s) => new InvalidParameterValueException(m, i, t, c, r, s),
        ["PlatformApplicationDisabled"] = static (m, i, t, c, r, s) => new PlatformApplicationDisabledException(m, i, t, c, r, s),
        ["ValidationException"] = static (m, i, t, c, r, s) => new ValidationException(m, i, t, c, r, s),
    };

    private static readonly Dictionary<string, Fault> BatchFaults = new(PublishFaults, StringComparer.Ordinal)
    {
        ["BatchEntryIdsNotDistinct"] = static (m, i, t, c, r, s) => new BatchEntryIdsNotDistinctException(m, i, t, c, r, s),
        ["BatchRequestTooLong"] = static (m, i, t, c, r, s) => new BatchRequestTooLongException(m, i, t, c, r, s),
        ["EmptyBatchRequest"] = static (m, i, t, c, r, s) => new EmptyBatchRequestException(m, i, t, c, r, s),
        ["InvalidBatchEntryId"] = static (m, i, t, c, r, s) => new InvalidBatchEntryIdException(m, i, t, c, r, s),
        ["TooManyEntriesInBatchRequest"] = static (m, i, t, c, r, s) => new TooManyEntriesInBatchRequestException(m, i, t, c, r, s),
    };

    public static readonly QueryOperation<PublishRequest, PublishResponse> Publish =
        new(Service, "Publish", PublishRequest.Write, PublishResponse.Read, PublishFaults);

    public static readonly QueryOperation<PublishBatchRequest, PublishBatchResponse> PublishBatch =
        new(Service, "PublishBatch", PublishBatchRequest.Write, PublishBatchResponse.Read, BatchFaults);
}
