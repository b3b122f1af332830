using NeuralEdge.Board;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>The board received a request, understood it, and said no.</summary>
public sealed class BoardRefusedException : BoardLinkException
{
    /// <summary>Makes one.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="status">Why not.</param>
    /// <param name="code">The code of the refusal.</param>
    /// <param name="where">The place of the refusal.</param>
    /// <param name="withTag">True when the request was signed.</param>
    public BoardRefusedException(LinkRequest request, RequestStatus status, int code, int where, bool withTag = false)
        : base(RequestStatusText.Describe(request, status, code, where, withTag))
    {
        Request = request;
        Status = status;
        Code = code;
        Where = where;
    }

    /// <summary>What was asked.</summary>
    public LinkRequest Request { get; }

    /// <summary>Why not.</summary>
    public RequestStatus Status { get; }

    /// <summary>The code of the refusal; after <see cref="RequestStatus.ModelRefused"/> a ModelError.</summary>
    public int Code { get; }

    /// <summary>The place of the refusal, see <see cref="RequestStatus"/>.</summary>
    public int Where { get; }
}
