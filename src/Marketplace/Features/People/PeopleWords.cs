namespace Zweizeiler.Marketplace.Features.People;

/// <summary>
/// The words of the pages about people, once a language. A key that a language lacks does not compile; <c>{0}</c> stands for values that come written in
/// the reader's format already.
/// </summary>
public sealed partial record PeopleWords
{
    public static PeopleWords For(string locale) => locale == "de" ? German : English;

    public required string TooMuch { get; init; }

    public required string TooLong { get; init; }

    public required string Save { get; init; }

    public required string Remove { get; init; }

    public required string Name { get; init; }

    public required string YourName { get; init; }

    public required string DisplayName { get; init; }

    public required string DisplayNameHint { get; init; }

    public required string NameMissing { get; init; }

    public required string EmailWrong { get; init; }

    public required string NewPassword { get; init; }

    public required string PasswordHint { get; init; }

    public required string NewPasswordMissing { get; init; }

    public required string PasswordTooShort { get; init; }

    public required string PasswordTooLong { get; init; }

    public required string PasswordGuessed { get; init; }

    public required string CurrentPassword { get; init; }

    public required string CurrentPasswordWrong { get; init; }

    public required string TimeZone { get; init; }

    public required string TimeZoneUnknown { get; init; }

    public required string BackToSignIn { get; init; }

    public required string LinkEndedTitle { get; init; }

    public required string LinkEndedWords { get; init; }

    public required string JoinEndedWords { get; init; }

    public required string ResetEndedWords { get; init; }

    public required string JoinTitle { get; init; }

    public required string JoinLead { get; init; }

    public required string JoinButton { get; init; }

    public required string Joined { get; init; }

    public required string HasAccountTitle { get; init; }

    public required string HasAccountWords { get; init; }

    public required string ApplyLink { get; init; }

    public required string ApplyTitle { get; init; }

    public required string ApplyLead { get; init; }

    public required string NativeLanguages { get; init; }

    public required string NativeMissing { get; init; }

    public required string PairsAsked { get; init; }

    public required string PairsAskedHint { get; init; }

    public required string SourceOfPair { get; init; }

    public required string TargetOfPair { get; init; }

    public required string PairsMissing { get; init; }

    public required string PairIncomplete { get; init; }

    public required string KindsAsked { get; init; }

    public required string KindsMissing { get; init; }

    public required string Why { get; init; }

    public required string WhyHint { get; init; }

    public required string WhyMissing { get; init; }

    public required string ApplyButton { get; init; }

    public required string LookIntoMailTitle { get; init; }

    public required string ApplySentWords { get; init; }

    public required string ConfirmTitle { get; init; }

    public required string ConfirmLead { get; init; }

    public required string ConfirmButton { get; init; }

    public required string AppliedTitle { get; init; }

    public required string AppliedWords { get; init; }

    public required string AppliedBeforeTitle { get; init; }

    public required string AppliedBeforeWords { get; init; }

    public required string AddressChangedTitle { get; init; }

    public required string AddressChangedWords { get; init; }

    public required string AddressTakenTitle { get; init; }

    public required string AddressTakenWords { get; init; }

    public required string ForgotLink { get; init; }

    public required string ForgotTitle { get; init; }

    public required string ForgotLead { get; init; }

    public required string ForgotButton { get; init; }

    public required string ForgotSentWords { get; init; }

    public required string ResetTitle { get; init; }

    public required string ResetLead { get; init; }

    public required string ResetButton { get; init; }

    public required string PasswordSet { get; init; }

    public required string CodeTitle { get; init; }

    public required string CodeLead { get; init; }

    public required string Code { get; init; }

    public required string CodeHint { get; init; }

    public required string CodeWrong { get; init; }

    public required string PasskeySignIn { get; init; }

    public required string PasskeyFailed { get; init; }

    public required string ProfileMenu { get; init; }

    public required string ProfileTab { get; init; }

    public required string ProfileAndLanguages { get; init; }

    public required string PairsTab { get; init; }

    public required string AvailabilityTab { get; init; }

    public required string SecurityTab { get; init; }

    public required string About { get; init; }

    public required string AboutHint { get; init; }

    public required string WorkingLanguages { get; init; }

    public required string WorkingLanguagesHint { get; init; }

    public required string Specialities { get; init; }

    public required string SpecialitiesHint { get; init; }

    public required string SpecialitiesWrong { get; init; }

    public required string KindsDone { get; init; }

    public required string KindsDoneHint { get; init; }

    public required string OwnNumber { get; init; }

    public required string OwnNumberHint { get; init; }

    public required string OwnNumberKept { get; init; }

    public required string ForgetNumber { get; init; }

    public required string NumberWrong { get; init; }

    public required string NumberMissing { get; init; }

    public required string ProfileSaved { get; init; }

    public required string PairsTitle { get; init; }

    public required string PairsLead { get; init; }

    public required string PairsInTest { get; init; }

    public required string PairsEnabled { get; init; }

    public required string PairsNone { get; init; }

    public required string PairsRefused { get; init; }

    public required string TestGiven { get; init; }

    public required string TestBeingRead { get; init; }

    public required string TakeTest { get; init; }

    public required string SeeTest { get; init; }

    public required string RemovePairHint { get; init; }

    public required string PairRemoved { get; init; }

    public required string AddPair { get; init; }

    public required string AddPairHint { get; init; }

    public required string AddPairButton { get; init; }

    public required string FromLanguage { get; init; }

    public required string IntoLanguage { get; init; }

    public required string PairSame { get; init; }

    public required string PairHad { get; init; }

    public required string PairRefusedLately { get; init; }

    public required string AgainFrom { get; init; }

    public required string TooManyTests { get; init; }

    public required string TestTitle { get; init; }

    public required string TestLead { get; init; }

    public required string TestHandedIn { get; init; }

    public required string TextNumber { get; init; }

    public required string YourAnswerIn { get; init; }

    public required string YourAnswer { get; init; }

    public required string AnswerMissing { get; init; }

    public required string HandInTest { get; init; }

    public required string SaveForLater { get; init; }

    public required string GiveUpTest { get; init; }

    public required string TestSaved { get; init; }

    public required string TestSent { get; init; }

    public required string TestGivenUp { get; init; }

    public required string Pause { get; init; }

    public required string BackOn { get; init; }

    public required string BackOnHint { get; init; }

    public required string BackWrong { get; init; }

    public required string PauseButton { get; init; }

    public required string ResumeNow { get; init; }

    public required string Pausing { get; init; }

    public required string PausingUntil { get; init; }

    public required string AtWorkNow { get; init; }

    public required string NotAtWorkNow { get; init; }

    public required string WeeklyHours { get; init; }

    public required string WeeklyHoursHint { get; init; }

    public required string AlwaysAvailable { get; init; }

    public required string OnlyAtTheseHours { get; init; }

    public required string FirstStretch { get; init; }

    public required string SecondStretch { get; init; }

    public required string FromTime { get; init; }

    public required string ToTime { get; init; }

    public required string HoursMissing { get; init; }

    public required string StretchIncomplete { get; init; }

    public required string StretchEmpty { get; init; }

    public required string HoursSaved { get; init; }

    public required string SecurityTitle { get; init; }

    public required string SecurityLead { get; init; }

    public required string Passkeys { get; init; }

    public required string Passkey { get; init; }

    public required string PasskeysHint { get; init; }

    public required string PasskeysNeedScript { get; init; }

    public required string AddPasskey { get; init; }

    public required string PasskeyName { get; init; }

    public required string PasskeyNameHint { get; init; }

    public required string PasskeyNotMade { get; init; }

    public required string PasskeyAdded { get; init; }

    public required string PasskeyRemoved { get; init; }

    public required string PasskeyGone { get; init; }

    public required string RemovePasskeyHint { get; init; }

    public required string TooManyPasskeys { get; init; }

    public required string AddedAt { get; init; }

    public required string SecondFactor { get; init; }

    public required string SecondFactorHint { get; init; }

    public required string SecondFactorOn { get; init; }

    public required string CodesLeft { get; init; }

    public required string OneCodeLeft { get; init; }

    public required string SetUpSecondFactor { get; init; }

    public required string ChangeSecondFactor { get; init; }

    public required string NewRecoveryCodes { get; init; }

    public required string RemoveSecondFactor { get; init; }

    public required string SecondFactorRemoved { get; init; }

    public required string FactorStepScan { get; init; }

    public required string FactorByHand { get; init; }

    public required string QrCode { get; init; }

    public required string FactorStepCode { get; init; }

    public required string EnableSecondFactor { get; init; }

    public required string RecoveryCodesShown { get; init; }

    public required string CodesKept { get; init; }

    public required string ChangePassword { get; init; }

    public required string ChangePasswordHint { get; init; }

    public required string PasswordChanged { get; init; }

    public required string ChangeAddress { get; init; }

    public required string NewAddress { get; init; }

    public required string NewAddressHint { get; init; }

    public required string AddressAsked { get; init; }

    public required string Sessions { get; init; }

    public required string SessionsHint { get; init; }

    public required string EndSessions { get; init; }

    public required string SessionsEnded { get; init; }

    public required string PeopleTab { get; init; }

    public required string PeopleMenu { get; init; }

    public required string ApplicationsTab { get; init; }

    public required string TestsTab { get; init; }

    public required string AuditTab { get; init; }

    public required string AuditLead { get; init; }

    public required string NoActions { get; init; }

    public required string DoneTo { get; init; }

    public required string FindPeople { get; init; }

    public required string FindPeopleHint { get; init; }

    public required string Find { get; init; }

    public required string AnyState { get; init; }

    public required string NobodyFound { get; init; }

    public required string MorePeople { get; init; }

    public required string JobsInHand { get; init; }

    public required string JobsTaken { get; init; }

    public required string Since { get; init; }

    public required string UntilTime { get; init; }

    public required string HasSecondFactor { get; init; }

    public required string NoSecondFactor { get; init; }

    public required string OnePasskey { get; init; }

    public required string ManyPasskeys { get; init; }

    public required string DeskNoPairs { get; init; }

    public required string ReadTest { get; init; }

    public required string DeskPersonHint { get; init; }

    public required string ForPair { get; init; }

    public required string PairWrong { get; init; }

    public required string OpenPair { get; init; }

    public required string ClosePair { get; init; }

    public required string DeskPause { get; init; }

    public required string DeskResume { get; init; }

    public required string SendPasswordLink { get; init; }

    public required string DeskRemoveFactors { get; init; }

    public required string ShutOutButton { get; init; }

    public required string LetInButton { get; init; }

    public required string NothingToDo { get; init; }

    public required string WordMissing { get; init; }

    public required string TestsLead { get; init; }

    public required string NoTests { get; init; }

    public required string WordToHer { get; init; }

    public required string TestWordHint { get; init; }

    public required string EnablePair { get; init; }

    public required string DeclinePair { get; init; }

    public required string PairIsEnabled { get; init; }

    public required string PairIsDeclined { get; init; }

    public required string DecidedBefore { get; init; }

    public required string NoApplications { get; init; }

    public required string ApplicationWordHint { get; init; }

    public required string AcceptApplication { get; init; }

    public required string DeclineApplication { get; init; }

    public required string ApplicationAccepted { get; init; }

    public required string ApplicationDeclined { get; init; }

    public required string Invite { get; init; }

    public required string InviteHint { get; init; }

    public required string InviteLanguage { get; init; }

    public required string InviteAs { get; init; }

    public required string RoleTranslator { get; init; }

    public required string RoleOperator { get; init; }

    public required string InviteButton { get; init; }

    public required string Invited { get; init; }

    public required string IsHereAlready { get; init; }

    public required string Invitations { get; init; }

    public required string NoInvitations { get; init; }

    public required string ByApplication { get; init; }

    public required string Uninvite { get; init; }

    public required string UninviteOf { get; init; }

    public required string Uninvited { get; init; }

    public required string Decided { get; init; }

    public required string NoneDecided { get; init; }

    public required IReadOnlyDictionary<string, string> PersonStates { get; init; }

    public required IReadOnlyDictionary<string, string> TestStates { get; init; }

    public required IReadOnlyDictionary<string, string> Actions { get; init; }
}
