# Prints what comes into and leaves the nft sets of this network namespace, a line per element: "add 10.1.2.3", "delete 10.1.2.3". IPv4 addresses only.
# Not `nft monitor`: after a transaction that deletes rules, 1.0.6 no longer knows the sets that they named, and says nothing of their elements.
use strict;
use warnings;
use Errno qw(ENOBUFS EINTR);
use Socket;

# linux/netlink.h, linux/netfilter/nfnetlink.h, linux/netfilter/nf_tables.h
use constant { AF_NETLINK => 16, NETLINK_NETFILTER => 12, NFNLGRP_NFTABLES => 7, SUBSYS_NFTABLES => 10 };
use constant { NEWSETELEM => 12, DELSETELEM => 14, LIST_ELEMENTS => 3, ELEM_KEY => 1, DATA_VALUE => 1 };
use constant { SO_RCVBUFFORCE => 33, BUFFER => 64 * 1024 * 1024 };

my %verb = (NEWSETELEM, 'add', DELSETELEM, 'delete');
socket(my $kernel, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER) or die "cannot listen: $!\n";
setsockopt($kernel, SOL_SOCKET, SO_RCVBUFFORCE, pack('i', BUFFER)) or setsockopt($kernel, SOL_SOCKET, SO_RCVBUF, pack('i', BUFFER));
bind($kernel, pack('S S L L', AF_NETLINK, 0, 0, 1 << (NFNLGRP_NFTABLES - 1))) or die "cannot listen: $!\n";
$| = 1;
print "listening\n";

sub attributes {
  my ($bytes) = @_;
  my @found;
  while (length $bytes >= 4) {
    my ($length, $type) = unpack 'S S', $bytes;
    last if $length < 4 || $length > length $bytes;
    push @found, [$type & 0x3fff, substr($bytes, 4, $length - 4)];
    my $next = ($length + 3) & ~3;
    $bytes = $next < length $bytes ? substr($bytes, $next) : '';
  }
  return @found;
}

sub inside { my ($type, $bytes) = @_; return map { $_->[1] } grep { $_->[0] == $type } attributes($bytes); }

for (;;) {
  my $messages;
  if (!defined recv($kernel, $messages, 1024 * 1024, 0)) {
    # Too much came at once; what was lost is looked for by whoever waits for it.
    next if $! == ENOBUFS || $! == EINTR;
    die "cannot listen: $!\n";
  }
  my $said = '';
  while (length $messages >= 20) {
    my ($length, $type) = unpack 'L S', $messages;
    last if $length < 20 || $length > length $messages;
    if ($type >> 8 == SUBSYS_NFTABLES && (my $verb = $verb{$type & 255})) {
      for my $list (inside(LIST_ELEMENTS, substr($messages, 20, $length - 20))) {
        for my $element (map { $_->[1] } attributes($list)) {
          for my $value (map { inside(DATA_VALUE, $_) } inside(ELEM_KEY, $element)) {
            $said .= "$verb " . inet_ntoa($value) . "\n" if length $value == 4;
          }
        }
      }
    }
    my $next = ($length + 3) & ~3;
    $messages = $next < length $messages ? substr($messages, $next) : '';
  }
  print $said if $said ne '';
}
