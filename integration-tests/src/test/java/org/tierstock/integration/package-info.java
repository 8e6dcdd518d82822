/** Black-box tests: three real services, two replicas each, real PostgreSQL, a real broker, public interfaces only. */
package org.tierstock.integration;
